"""Double precision: the fast interface."""
