"""A user's closed form, read by a grammar, compared with the definition, proved or refuted."""
