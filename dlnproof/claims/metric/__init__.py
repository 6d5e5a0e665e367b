"""The operator A_{N,W} and the metric g^N."""
