"""What statements are about: each quantity defined once, and measured from its definition."""
