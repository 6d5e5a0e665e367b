"""Infinite depth, and singular values that vanish."""
