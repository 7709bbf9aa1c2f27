"""Links in, concepts out; lookup and annotation over concepts."""
