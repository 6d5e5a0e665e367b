"""The figures of the training experiments, as a paper would print them.

What each shows and trains is said in :mod:`dlnproof.documents.figures.captions`. A module for
each, with ``trained(runs, seed)``, which trains that, and ``draw(data, note)``, which draws what
was trained, above a note of the settings where no caption says them. The look that they share and
the bytes of a file are :mod:`dlnproof.documents.figures.style`'s. matplotlib is an optional extra:
``pip install 'dlnproof[figures]'``.
"""
