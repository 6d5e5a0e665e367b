"""Reading and writing files: whole or not at all, JSON, standard streams."""
