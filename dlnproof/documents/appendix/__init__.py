"""The verification appendix: a record as LaTeX that can be cited, submitted and run again."""
