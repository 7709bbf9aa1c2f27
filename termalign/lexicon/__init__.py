"""Words and their translations in layers: core, the user's dictionaries, what the input teaches."""
