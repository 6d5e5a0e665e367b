"""Ways to find proofs; nothing here is trusted: what they return, the rules of the kernel made."""
