"""One file per source of evidence: how far two terms agree."""
