"""What is on disk: results, decisions, locks."""
