"""
Runs of your own
================

Each function of ``dlnproof.plots`` draws training runs on axes of yours: along trajectories, the
singular values, two entries against one another, and where runs end over the density of the volume.
"""

import matplotlib.pyplot as plt
import numpy as np

from dlnproof import plots, training

problem = training.Completion((2, 2), {(0, 0): 1, (1, 1): 1})
runs = training.train(
    problem, depth=3, runs=20, scale=1e-2, at_loss=np.geomspace(0.9, 1e-6, 40).tolist(), seed=0
)
figure, axes = plt.subplots(2, 2, figsize=(9, 7), layout="constrained")
plots.trajectories(runs, "effective_rank", ax=axes[0, 0])
plots.spectrum(runs, ax=axes[0, 1])
plots.phase_plane(runs, (0, 1), (1, 0), ax=axes[1, 0])
plots.outcomes(runs, ax=axes[1, 1])
