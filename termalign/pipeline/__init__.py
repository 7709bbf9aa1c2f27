"""The public verbs, and the only room that wires the others together."""
