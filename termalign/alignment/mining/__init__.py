"""Parallel sentences hidden in two collections that are no translations of each other."""
