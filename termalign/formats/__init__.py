"""One file per format: documents, bitext and glossaries in and out."""
