"""Numeric checks of what gradient flow does to the norms on one completion problem."""

from .norm_divergence_balls import CHECK as BALLS
from .norm_divergence_exact import CHECK as EXACT
from .norm_divergence_training import CHECK as TRAINING

CHECKS = (EXACT, BALLS, TRAINING)
