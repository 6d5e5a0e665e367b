"""The figures of the training experiments, as a paper would print them.

A module for each, with ``RUNS``, the runs it is made of unless told otherwise, ``trained(runs,
seed)``, which trains them, and ``draw(data, seed)``, which draws what was trained. The look that
they share and the bytes of a file are :mod:`dlnproof.figures.style`'s. matplotlib is an optional
extra: ``pip install 'dlnproof[figures]'``.
"""
