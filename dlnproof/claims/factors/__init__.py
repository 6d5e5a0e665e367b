"""The factors, their flow, and how they lie over the end-to-end matrix."""
