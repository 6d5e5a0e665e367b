"""The geometry at a trained linear network: how far from balanced it is, its W, its volumes.

from dlnproof.adapters.networks import balancedness_report

print(balancedness_report(torch.nn.Sequential(...)))
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray, as_real
from dlnproof.numeric.floats.effective_rank import effective_rank
from dlnproof.numeric.floats.gradients import entropy
from dlnproof.numeric.floats.volume import log_volume_density


@dataclass(frozen=True, repr=False)
class BalancednessReport:
    """What a network of layers W_1, ..., W_N is, as a point of the geometry.

    ``widths``: d_0, ..., d_N; ``W``: W_N ... W_1, (d_N, d_0), and its ``singular_values``;
    ``defects``: the Frobenius norms of W_{j+1}^T W_{j+1} - W_j W_j^T, j = 1, ..., N - 1, all zero
    where the network is balanced; ``relative``: the same, divided by the larger norm of the two.
    ``effective_rank`` is W's. ``log_volume_density`` is log sqrt(det g^N) at W, and ``entropy`` log
    vol(O_W): of the balanced network with this W, whatever the defects; None where it is not
    defined, and ``notes`` say why.
    """

    widths: tuple[int, ...]
    W: FloatArray
    singular_values: FloatArray
    defects: FloatArray
    relative: FloatArray
    effective_rank: float
    log_volume_density: float | None
    entropy: float | None
    notes: tuple[str, ...] = field(default=())

    @property
    def depth(self) -> int:
        """The number of layers, N."""
        return len(self.widths) - 1

    @property
    def imbalance(self) -> float:
        """The largest of ``relative``: 0 where balanced, at most the root of 2."""
        return float(self.relative.max(initial=0.0))

    def __repr__(self) -> str:
        widths = " -> ".join(map(str, self.widths))
        lines = [
            f"<linear network {widths}, N = {self.depth}:",
            f" from balanced: at most {self.imbalance:.3g} (relative)",
            f" effective rank {self.effective_rank:.4g}",
        ]
        for name in ("log_volume_density", "entropy"):
            if (value := getattr(self, name)) is not None:
                lines.append(f" {name.replace('_', ' ')} {value:.6g}")
        return "\n".join([*lines, *(f" {note}" for note in self.notes)]) + ">"


def balancedness_report(network: Any) -> BalancednessReport:
    """Return how far a linear network is from balanced, its end-to-end matrix and its volumes.

    ``network`` is a list of weights W_1, ..., W_N, (d_j, d_{j-1}) each, of numpy, torch or jax; a
    ``torch.nn.Sequential`` of ``torch.nn.Linear`` without biases; or such a network's
    ``state_dict``, which does not say what is between the layers: nothing, it is assumed. All is
    computed in float64. Balanced is what gradient flow from balanced factors keeps; where it is
    far from so, g^N is not the metric in which this network moves. Raises
    :class:`~dlnproof.errors.InputError` for biases, layers that are not linear, and shapes that do
    not follow one another. Source: CMV2023, balanced manifold; MY2025, entropy.

    >>> balancedness_report([[[2, 0], [0, 1]], [[1, 0], [0, 1]]]).defects.round(12)
    array([3.])
    """
    layers = [_weight(value, name) for name, value in _named(network)]
    if not layers:
        raise InputError("network: got no layers, expected at least one weight matrix")
    for j, (before, after) in enumerate(pairwise(layers), 1):
        if before.shape[0] != after.shape[1]:
            raise InputError(
                f"network: got W_{j} of shape {before.shape} and W_{j + 1} of shape {after.shape}, "
                "expected (d_j, d_{j-1}), the layer applied first standing first; transposed, or "
                "in reverse order?"
            )
    with np.errstate(all="ignore"):
        W = as_real(_product(layers), "W_N ... W_1")
        if not W.any() and _product([layer / _largest(layer) for layer in layers]).any():
            raise InputError(
                "network: got layers whose product is below float64, expected entries of W above "
                "2.2e-308; multiply the layers by a number first"
            )
        found = [_defect(before, after) for before, after in pairwise(layers)]
        defects, relative = np.array(found).reshape(-1, 2).T
    widths = (layers[0].shape[1], *(layer.shape[0] for layer in layers))
    density, orbit, notes = _volumes(W, widths)
    sigma = np.linalg.svd(W, compute_uv=False)
    rank = float(effective_rank(W))
    return BalancednessReport(widths, W, sigma, defects, relative, rank, density, orbit, notes)


def _volumes(
    W: FloatArray, widths: tuple[int, ...]
) -> tuple[float | None, float | None, tuple[str, ...]]:
    """Return log sqrt(det g^N) and log vol(O_W), where they are defined, and why not elsewhere."""
    depth, (rows, columns) = len(widths) - 1, W.shape
    if rows != columns:
        return None, None, (f"no volume: W is {rows} x {columns}, and g^N here of square W",)
    if min(widths) < rows:
        return None, None, (f"no volume: a layer of width {min(widths)} keeps W singular",)
    density = float(log_volume_density(W, depth))
    if max(widths) > rows:
        return density, None, (f"no entropy: it is that of layers of width {rows} throughout",)
    if np.isinf(density):
        return density, None, ("no entropy: W is singular to rounding",)
    return density, float(entropy(W, depth)), ()


def _product(layers: Sequence[FloatArray]) -> FloatArray:
    return reduce(lambda product, layer: layer @ product, layers)


def _defect(before: FloatArray, after: FloatArray) -> tuple[float, float]:
    """Return the norm of W_{j+1}^T W_{j+1} - W_j W_j^T, and the same over the larger of the two.

    Squares may leave the range of float64 where the layers do not: one is the larger entry.
    """
    largest = max(_largest(before), _largest(after))
    before, after = before / largest, after / largest
    right, left = after.T @ after, before @ before.T
    defect, *sizes = (float(np.linalg.norm(A)) for A in (right - left, right, left))
    return defect * largest * largest, defect / (max(sizes) or 1.0)


def _largest(A: FloatArray) -> float:
    return float(abs(A).max()) or 1.0


def _weight(value: Any, name: str) -> FloatArray:
    """Return a layer's weights in float64, on this machine. Raises :class:`InputError`."""
    if hasattr(value, "detach"):  # a tensor, wherever it lies, whatever its precision
        tensor = value.detach().cpu()
        value = (tensor.double() if tensor.is_floating_point() else tensor).numpy()
    layer: FloatArray = as_real(np.asarray(value) if hasattr(value, "dtype") else value, name)
    if layer.ndim != 2 or not layer.size:
        raise InputError(
            f"{name}: got shape {layer.shape}, expected a matrix, (d_j, d_{{j-1}}); a layer that "
            "is not dense has none"
        )
    return layer


def _named(network: Any) -> Iterator[tuple[str, Any]]:
    """Yield the weights with their names, the layer applied first standing first."""
    torch = sys.modules.get("torch")
    if torch and isinstance(network, torch.nn.Module):
        yield from _of_modules(torch, network, "")
    elif isinstance(network, Mapping):
        for name, value in network.items():
            if not str(name).endswith("weight"):
                raise _refused(str(name), "which is not the weight of a linear layer without bias")
            yield str(name), value
    else:
        try:
            layers = list(network)
        except TypeError:
            raise InputError(
                f"network: got {type(network).__name__}, expected a list of weights, a "
                "torch.nn.Sequential or a state_dict"
            ) from None
        yield from ((f"W_{j}", layer) for j, layer in enumerate(layers, 1))


def _of_modules(torch: Any, module: Any, name: str) -> Iterator[tuple[str, Any]]:
    plain = (torch.nn.Sequential, torch.nn.Linear)
    if isinstance(module, plain) and type(module).forward not in [one.forward for one in plain]:
        raise _refused(name or type(module).__name__, "whose forward is its own")
    if isinstance(module, torch.nn.Sequential):
        # named_children leaves out a layer that stands there twice
        for child, inside in module._modules.items():
            yield from _of_modules(torch, inside, f"{name}.{child}" if name else child)
    elif isinstance(module, torch.nn.Linear):
        if module.bias is not None:
            raise _refused(f"{name}.bias".lstrip("."), "a bias")
        yield f"{name}.weight".lstrip("."), module.weight
    elif not isinstance(module, torch.nn.Identity):
        raise _refused(name or type(module).__name__, f"a {type(module).__name__}")


def _refused(name: str, what: str) -> InputError:
    return InputError(
        f"network: got {name!r}, {what}; expected linear layers without biases alone "
        "(torch.nn.Linear(..., bias=False)), or the list of their weights"
    )
