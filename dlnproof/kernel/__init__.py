"""The trusted part: sentences about deep linear networks, and rules that alone make theorems."""
