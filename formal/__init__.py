"""The Coq development and the table of its theorems; see README.md in this directory."""
