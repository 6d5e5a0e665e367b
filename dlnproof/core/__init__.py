"""The trusted part: what decides whether a statement is true."""
