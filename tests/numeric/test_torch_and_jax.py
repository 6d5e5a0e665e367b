"""Tensors of torch and arrays of jax: what goes in comes out, with derivatives that hold."""

import math
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import mpmath
import numpy as np
import pytest
from sixty_digits import SPECTRA, Frame, exact, gradient, matrix, mean, paired, second

import dlnproof
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats import spectral
from dlnproof.numeric.floats.arrays import FloatArray

# by torch's own forward mode, of a kind of warning that differs by version
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit")

# --- the two libraries ----------------------------------------------------------------------------


class Torch:
    name = "torch"

    def __init__(self) -> None:
        self.torch = pytest.importorskip("torch")

    def array(self, values: Any, dtype: str = "float64") -> Any:
        return self.torch.tensor(np.asarray(values), dtype=getattr(self.torch, dtype))

    def gradient(self, f: Callable[[Any], Any], x: Any) -> Any:
        x = x.detach().clone().requires_grad_()
        f(x).backward()
        return x.grad

    def functions(self) -> Any:
        return self.torch.func

    def second(self, f: Callable[[Any], Any], W: Any, H: Any, K: Any) -> Any:
        W = W.detach().clone().requires_grad_()
        [first] = self.torch.autograd.grad(f(W), W, create_graph=True)
        [found] = self.torch.autograd.grad((first * H).sum(), W)
        return (found * K).sum()


class Jax:
    name = "jax"

    def __init__(self) -> None:
        self.jax = pytest.importorskip("jax")

    def array(self, values: Any, dtype: str = "float64") -> Any:
        return self.jax.numpy.asarray(np.asarray(values), dtype=dtype)

    def gradient(self, f: Callable[[Any], Any], x: Any) -> Any:
        return self.jax.grad(f)(x)

    def functions(self) -> Any:
        return self.jax

    def second(self, f: Callable[[Any], Any], W: Any, H: Any, K: Any) -> Any:
        def along(W: Any) -> Any:
            return self.jax.jvp(f, (W,), (H,))[1]

        return self.jax.jvp(along, (W,), (K,))[1]


@pytest.fixture(params=[Torch, pytest.param(Jax, marks=pytest.mark.long)], scope="module")
def library(request: pytest.FixtureRequest) -> Iterator[Any]:
    chosen = request.param()
    if chosen.name == "torch":
        yield chosen
        return
    before = chosen.jax.config.jax_enable_x64
    chosen.jax.config.update("jax_enable_x64", True)
    yield chosen
    chosen.jax.config.update("jax_enable_x64", before)


# --- values ---------------------------------------------------------------------------------------

RNG = np.random.default_rng(0)
W, Z1, Z2 = RNG.standard_normal((3, 4, 3, 3))
SIGMA = RNG.uniform(0.5, 2, (4, 3))
FACTORS = RNG.standard_normal((2, 4, 3, 3))
TALL, TANGENT = W[..., :2], Z1[..., :2]
FLAT = TALL[..., :1] @ TALL[..., :1, :]  # of rank 1, with a direction that keeps it
ALONG = TALL[..., :1] @ TANGENT[..., :1, :] + TANGENT[..., :1] @ TALL[..., :1, :]
CALLS: dict[str, tuple[Callable[..., Any], tuple[FloatArray, ...]]] = {
    "operator": (lambda Z, W: dlnproof.operator(Z, W, 3), (Z1, W)),
    "operator in sum": (lambda Z, W: dlnproof.operator(Z, W, 3, normalization="sum"), (Z1, W)),
    "half": (lambda Z, W: dlnproof.operator(Z, W, math.inf, power=0.5), (Z1, W)),
    "riemannian_gradient": (lambda Z, W: dlnproof.riemannian_gradient(Z, W, 2), (Z1, W)),
    "inner_product": (lambda X, Y, W: dlnproof.inner_product(X, Y, W, 3), (Z1, Z2, W)),
    "metric_matrix": (lambda W: dlnproof.metric_matrix(W, math.inf), (W,)),
    "log_volume_density": (lambda W: dlnproof.log_volume_density(W, 3), (W,)),
    "log_volume_density_gradient": (lambda W: dlnproof.log_volume_density_gradient(W, 3), (W,)),
    "entropy": (lambda W: dlnproof.entropy(W, 3), (W,)),
    "entropy_gradient": (lambda W: dlnproof.entropy_gradient(W, 3), (W,)),
    "effective_rank": (dlnproof.effective_rank, (W,)),
    "balanced_factors": (lambda W: dlnproof.balanced_factors(W, 3), (W,)),
    "operator_eigenvalues": (lambda s: dlnproof.operator_eigenvalues(s, 3), (SIGMA,)),
    "log_volume_form": (lambda s: dlnproof.log_volume_form(s, 3), (SIGMA,)),
    "log_orbit_volume": (lambda s: dlnproof.log_orbit_volume(s, 3), (SIGMA,)),
    "product": (lambda f: dlnproof.product([f, f]), (W,)),
    "horizontal_lift": (lambda Z, f, g: dlnproof.horizontal_lift(Z, [f, g]), (Z1, *FACTORS)),
    "operator of 3 x 2": (lambda Z, W: dlnproof.operator(Z, W, 3), (TANGENT, TALL)),
    "metric of 2 x 3": (lambda W: dlnproof.metric_matrix(W.mT, 3), (TALL,)),
    "metric of rank 1": (lambda W, Z: dlnproof.inner_product(Z, Z, W, 3, rank=1), (FLAT, ALONG)),
    "entropy of rank 1": (lambda W: dlnproof.entropy(W, 3, rank=1, widths=(2, 3)), (FLAT,)),
    "edges": (lambda s: dlnproof.operator_eigenvalues(s, 3, shape=(4, 5)), (SIGMA,)),
    "form of 5 x 4": (lambda s: dlnproof.log_volume_form(s, 3, shape=(5, 4)), (SIGMA,)),
    "fibre through 5": (lambda s: dlnproof.log_orbit_volume(s, 3, widths=5), (SIGMA,)),
    "factors of 3 x 2": (lambda W: dlnproof.balanced_factors(W, 3, widths=(3, 2))[0], (TALL,)),
    "factors of rank 1": (
        lambda W, X: dlnproof.balanced_factors(W, 2, widths=1)[1].mT @ X,
        (FLAT, TALL),
    ),
    "lift through 3": (
        lambda Z, f, g: dlnproof.horizontal_lift(Z, [f, g])[0],
        (Z1[..., :2, :2], TALL, TANGENT.mT),
    ),
}
SCALE = {"float64": 1e-9, "float32": 2e-3}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("dtype", SCALE)
def test_values_are_numpys_in_the_callers_library_and_dtype(
    library: Any, call: str, dtype: str
) -> None:
    function, given = CALLS[call]
    arrays = [library.array(x, dtype) for x in given]
    found = function(*arrays)
    assert type(found) is type(arrays[0])
    assert found.dtype == arrays[0].dtype
    assert found.device == arrays[0].device
    np.testing.assert_allclose(
        np.asarray(found), function(*given), rtol=SCALE[dtype], atol=SCALE[dtype]
    )
    one = np.asarray(function(*(x[0] for x in arrays)))
    expected = function(*(x[0] for x in given))
    np.testing.assert_allclose(one, expected, rtol=SCALE[dtype], atol=SCALE[dtype])


@pytest.mark.parametrize("call", CALLS)
def test_mapped_and_compiled(library: Any, call: str) -> None:
    function, given = CALLS[call]
    arrays = [library.array(x) for x in given]
    expected = [function(*(x[k] for x in given)) for k in range(4)]
    mapped = library.functions().vmap(function)
    found = [np.asarray(x) for x in mapped(*arrays)]
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)
    if library.name == "jax":
        compiled = library.jax.jit(mapped)(*arrays)
        np.testing.assert_allclose(np.asarray(compiled), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("call", CALLS)
def test_empty_batches(library: Any, call: str) -> None:
    function, given = CALLS[call]
    found = function(*(library.array(x[:0]) for x in given))
    assert tuple(found.shape) == np.shape(function(*(x[:0] for x in given)))


# --- derivatives ----------------------------------------------------------------------------------

RECTANGULAR: dict[str, Callable[[Any, Any], Any]] = {
    "operator": lambda W, Z: (Z * dlnproof.operator(Z, W, 3)).sum(),
    "half": lambda W, Z: (Z * dlnproof.operator(Z, W, 3, power=0.5)).sum(),
    "inner_product": lambda W, Z: dlnproof.inner_product(Z, Z, W, 3),
    "metric_matrix": lambda W, Z: dlnproof.metric_matrix(W, 2)[0].sum(),
    "log_volume_density": lambda W, Z: dlnproof.log_volume_density(W, 3),
    "entropy": lambda W, Z: dlnproof.entropy(W, 3, widths=(4, 2)),
    "balanced_factors": lambda W, Z: sum(
        (f**3).sum() for f in dlnproof.balanced_factors(W, 3, widths=(2, 4))
    ),
    "horizontal_lift": lambda W, Z: dlnproof.horizontal_lift(Z, [Z.mT @ W, W])[0].sum(),
}


def differences_of(f: Callable[[FloatArray], Any], W: FloatArray) -> FloatArray:
    """The gradient of f, right to 1e-7."""
    found, h = np.zeros_like(W), 1e-5
    for place in np.ndindex(*W.shape):
        step = np.zeros_like(W)
        step[place] = h
        found[place] = (f(W + step) - f(W - step)) / (2 * h)
    return found


@pytest.mark.parametrize("name", RECTANGULAR)
@pytest.mark.parametrize("wide", [False, True])
def test_rectangular_matrices_have_derivatives(library: Any, name: str, wide: bool) -> None:
    base, Z, H, K = (
        x.T if wide else x for x in np.random.default_rng(4).standard_normal((4, 3, 2))
    )
    a, f = library.array, RECTANGULAR[name]
    found = library.gradient(lambda W: f(W, a(Z)), a(base))
    expected = differences_of(lambda W: f(W, Z), base)
    np.testing.assert_allclose(np.asarray(found), expected, atol=1e-6 * np.abs(expected).max())
    if name == "half":  # no second derivative
        return

    def first(W: FloatArray) -> Any:
        return (np.asarray(library.gradient(lambda W: f(W, a(Z)), a(W))) * H).sum()

    second = library.second(lambda W: f(W, a(Z)), a(base), a(H), a(K))
    expected = (differences_of(first, base) * K).sum()
    assert float(second) == pytest.approx(float(expected), rel=1e-5, abs=1e-5)


def test_derivatives_along_a_rank(library: Any) -> None:
    """Of the functions that have a gradient there it is that; of the operator there is none."""
    a, W, Z = library.array, FLAT[0], ALONG[0]
    found = library.gradient(lambda W: dlnproof.entropy(W, 3, rank=1, widths=2), a(W))
    expected = dlnproof.entropy_gradient(W, 3, rank=1, widths=2)
    np.testing.assert_allclose(np.asarray(found), expected, atol=1e-12)
    linear = library.gradient(lambda X: dlnproof.inner_product(X, a(Z), a(W), 3, rank=1), a(Z))
    metric = dlnproof.operator(Z, W, 3, power=-1, rank=1)
    np.testing.assert_allclose(np.asarray(linear), metric, atol=1e-9)
    with pytest.raises(InputError, match="along matrices of a lower rank"):
        library.gradient(lambda W: dlnproof.inner_product(a(Z), a(Z), W, 3, rank=1), a(W))
    with pytest.raises(InputError, match="singular"):
        library.gradient(lambda W: dlnproof.operator(a(Z), W, 3).sum(), a(W))


C = np.random.default_rng(1).standard_normal((3, 3))
Z = np.random.default_rng(2).standard_normal((3, 3))
G = np.random.default_rng(3).standard_normal((9, 9))


def metric_entries(W: Any, N: Depth, weights: Any) -> Any:
    """The sum of the weights times the entries of the metric's matrix, in mpmath."""
    d, frame, total = W.rows, Frame(W, N), mpmath.mpf(0)
    for k in range(d * d):
        unit = mpmath.matrix(d, d)
        unit[k % d, k // d] = 1
        image = frame.power(unit, -1)
        total += mpmath.fsum(weights[l, k] * image[l % d, l // d] for l in range(d * d))
    return total


def cut(A: FloatArray, d: int) -> FloatArray:
    return A[:d, :d]


Pair = tuple[Callable[[Any], Any], Callable[[Any], Any]]


def pairs_at(library: Any, d: int, N: Depth) -> dict[str, Pair]:
    """The functions of W, as the library computes them and at 60 digits."""
    c, z, g = library.array(cut(C, d)), library.array(cut(Z, d)), library.array(cut(G, d * d))
    ce, ze, ge = exact(cut(C, d)), exact(cut(Z, d)), exact(cut(G, d * d))
    n = int(min(N, 60))
    return {
        "operator": (
            lambda W: (c * dlnproof.operator(z, W, N)).sum(),
            lambda W: paired(ce, Frame(W, N).power(ze, 1)),
        ),
        "inverse": (
            lambda W: (c * dlnproof.operator(z, W, N, power=-1)).sum(),
            lambda W: paired(ce, Frame(W, N).power(ze, -1)),
        ),
        "half": (
            lambda W: (c * dlnproof.operator(z, W, N, power=0.5)).sum(),
            lambda W: paired(ce, Frame(W, N).power(ze, mpmath.mpf(1) / 2)),
        ),
        "inner_product": (
            lambda W: dlnproof.inner_product(c, z, W, N),
            lambda W: paired(ce, Frame(W, N).power(ze, -1)),
        ),
        "metric_matrix": (
            lambda W: (g * dlnproof.metric_matrix(W, N)).sum(),
            lambda W: metric_entries(W, N, ge),
        ),
        "density": (
            lambda W: dlnproof.log_volume_density(W, N),
            lambda W: Frame(W, N).density(),
        ),
        "entropy": (lambda W: dlnproof.entropy(W, n), lambda W: Frame(W, n).entropy()),
        "entropy_gradient": (
            lambda W: (c * dlnproof.entropy_gradient(W, N)).sum(),
            lambda W: mpmath.diff(lambda t: Frame(W + t * ce, N).entropy(), 0, h=1e-20),
        ),
    }


def assert_near(found: Any, expected: Any, W: FloatArray, what: str) -> None:
    """Right to 1e-10, or 100 eps sigma_1 / sigma_d."""
    condition = float(np.linalg.cond(W))
    allowed = max(1e-10, 100 * 2**-52 * condition)
    size = max(float(np.abs(expected).max()), 1e-290)
    error = float(np.abs(np.asarray(found) - expected).max())
    assert error <= allowed * size + 1e-25, f"{what}: {error / size:.1e} at {condition:.1e}"


SWEPT = [matrix(stratum, 2 + k % 2, 1) for k, stratum in enumerate(SPECTRA)]
FEW = [matrix(stratum, 2, 1) for stratum in ("coincident", "near", "tiny")] + [2 * np.eye(2)]


def first_ones(library: Any, W: FloatArray, N: Depth, grad: Callable[..., Any]) -> None:
    """Compare every gradient at W with differences at 60 digits."""
    for name, (computed, true) in pairs_at(library, len(W), N).items():
        # the first is a second derivative, the other is dear at 60 digits
        if name != "entropy_gradient" and (name != "metric_matrix" or len(W) < 3):
            found = grad(name, computed, N)(library.array(W))
            assert_near(found, gradient(true, W), W, f"{name}, N = {N}")


def second_ones(library: Any, W: FloatArray, N: Depth, along: Callable[..., Any]) -> None:
    """Compare second derivatives at W: right to 1e-10, or 100 eps (sigma_1 / sigma_d)^2."""
    H, K = np.random.default_rng(4).standard_normal((2, *W.shape))
    for name in ("operator", "inner_product", "density", "entropy"):
        computed, true = pairs_at(library, len(W), N)[name]
        found = along(name, computed, N)(*map(library.array, (W, H, K)))
        sizes = [abs(second(true, W, A, B)) for A, B in ((H, K), (H, H), (K, K))]
        allowed = max(1e-10, 100 * 2**-52 * float(np.linalg.cond(W)) ** 2)
        error = abs(float(found) - second(true, W, H, K))
        assert error <= allowed * max(sizes) + 1e-12, f"{name}, N = {N}"


@pytest.mark.parametrize("N", [1, 2, 60, math.inf])
def test_gradients_of_torch(N: Depth) -> None:
    torch = Torch()
    for W in SWEPT if N in (2, math.inf) else FEW:
        first_ones(torch, W, N, lambda _, f, N: partial(torch.gradient, f))


@pytest.mark.parametrize("N", [2, 3, 60, math.inf])
def test_second_derivatives_of_torch(N: Depth) -> None:
    torch = Torch()
    for W in SWEPT if N == 3 else FEW:
        second_ones(torch, W, N, lambda _, f, N: partial(torch.second, f))


@pytest.mark.long
@pytest.mark.parametrize("library", [Jax], indirect=True)
@pytest.mark.parametrize("N", [1, 2, math.inf])
def test_gradients_and_second_derivatives_of_jax(library: Any, N: Depth) -> None:
    """Compiled once, for all these matrices."""
    made: dict[str, Any] = {}

    def compiled(make: Callable[..., Any]) -> Callable[..., Any]:
        def of(name: str, f: Any, N: Depth) -> Any:
            key = f"{make} {name}"
            made[key] = made.get(key) or library.jax.jit(make(f))
            return made[key]

        return of

    for W in FEW:
        first_ones(library, W, N, compiled(library.jax.grad))
        if N != 1:
            second_ones(library, W, N, compiled(lambda f: partial(library.second, f)))


@pytest.mark.parametrize("N", [2, math.inf])
def test_where_differentiating_the_decomposition_is_wrong(library: Any, N: Depth) -> None:
    """At 2I it gives NaN, at an orthogonal W something finite and wrong."""
    orthogonal = np.linalg.qr(np.random.default_rng(7).standard_normal((3, 3)))[0]
    for W in (2 * np.eye(3), orthogonal):
        computed, true = pairs_at(library, 3, N)["operator"]
        assert_near(library.gradient(computed, library.array(W)), gradient(true, W), W, "")


def test_all_kinds_of_derivatives_agree(library: Any) -> None:
    """Reverse, forward, forward over reverse, mapped: at a matrix with coincident values."""
    f, W, c = library.functions(), library.array(2 * np.eye(2)), library.array(cut(C, 2))
    compiled = library.jax.jit if library.name == "jax" else lambda function: function
    functions: list[Callable[[Any], Any]] = [
        lambda W: dlnproof.log_volume_density(W, 3),
        lambda W: dlnproof.inner_product(c, W, W, 3),
    ]
    functions.append(lambda W: (c * dlnproof.operator(W, W, 3)).sum())
    if library.name == "torch":  # jax compiles for seconds
        functions += [
            lambda W: (dlnproof.balanced_factors(W, 3) ** 3).sum(),
            lambda W: dlnproof.horizontal_lift(c, [W, W]).sum(),
        ]
    for function in functions:
        reverse = np.asarray(compiled(f.jacrev(function))(W))
        assert np.isfinite(reverse).all()  # numpy takes NaN for equal to NaN
        forward = np.asarray(compiled(f.jacfwd(function))(W))
        np.testing.assert_allclose(reverse, forward, rtol=1e-9, atol=1e-12)
        twice = np.asarray(compiled(f.jacrev(f.jacrev(function)))(W))
        assert np.isfinite(twice).all()
        hessian = np.asarray(compiled(f.hessian(function))(W))
        np.testing.assert_allclose(twice, hessian, rtol=1e-8, atol=1e-10)
        if library.name == "jax" or function is functions[-1]:  # pinv is torch's own
            both_forward = np.asarray(compiled(f.jacfwd(f.jacfwd(function)))(W))
            np.testing.assert_allclose(twice, both_forward, rtol=1e-8, atol=1e-10)
        else:  # torch would say zero
            line = refused(lambda g=function: f.jacfwd(f.jacfwd(g))(W))  # type: ignore[misc]
            assert "forward mode over forward mode" in line
        mapped = compiled(f.vmap(f.grad(function)))(library.array([2 * np.eye(2)] * 2))
        np.testing.assert_allclose(np.asarray(mapped[1]), reverse, rtol=1e-9, atol=1e-12)


OF_SPECTRA: dict[str, Callable[[Any], Any]] = {
    "log_volume_density": lambda W: dlnproof.log_volume_density(W, 3),
    "entropy": lambda W: dlnproof.entropy(W, 2),
    "effective_rank": dlnproof.effective_rank,
}


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was decomposed: "svd", or "values" where no vectors were asked for."""
    taken = []
    for name, kind in (("svd", "svd"), ("singular_values", "values")):
        whole = getattr(spectral, name)

        def counted(*given: Any, whole: Any = whole, kind: str = kind) -> Any:
            taken.append(kind)
            return whole(*given)

        monkeypatch.setattr(spectral, name, counted)
    return taken


@pytest.mark.parametrize("name", OF_SPECTRA)
def test_value_and_gradient_take_one_decomposition(
    library: Any, name: str, taken: list[str]
) -> None:
    f, x = OF_SPECTRA[name], library.array(W)
    functions = library.functions()

    def total(x: Any) -> Any:
        return f(x).sum()

    f(x)
    functions.vmap(f)(x)
    assert taken == ["values"] * 2  # where no derivative is asked for, no vectors
    taken.clear()
    expected = np.stack([np.asarray(library.gradient(f, x[k])) for k in range(4)])
    assert taken == ["svd"] * 4
    taken.clear()
    if library.name == "torch":
        found = [
            library.gradient(total, x),
            functions.grad_and_value(total)(x)[0],
            functions.vmap(functions.grad_and_value(f))(x)[0],
            functions.grad_and_value(lambda x: functions.vmap(f)(x).sum())(x)[0],
        ]
    else:
        found = [
            library.gradient(total, x),
            functions.value_and_grad(total)(x)[1],
            functions.vmap(functions.value_and_grad(f))(x)[1],
            functions.value_and_grad(lambda x: functions.vmap(f)(x).sum())(x)[1],
        ]
        calls = functions.jit(functions.value_and_grad(total)).lower(x).as_text()
        assert len(re.findall(r"custom_call @\w*gesdd", calls)) in (0, 1)  # 0: not by LAPACK
        found.append(functions.jit(functions.value_and_grad(total))(x)[1])
    assert taken[:4] == ["svd"] * 4
    for one in found:
        np.testing.assert_allclose(one, expected, rtol=1e-12, atol=1e-12)


def test_value_and_gradient_as_one_call_take_one_decomposition(
    library: Any, taken: list[str]
) -> None:
    x = library.array(W)
    for of, value in (
        (dlnproof.log_volume_density_gradient, dlnproof.log_volume_density),
        (dlnproof.entropy_gradient, dlnproof.entropy),
    ):
        pair = of(x, 3, return_value=True)
        assert taken == ["svd"]
        for found, expected in zip(pair, (value(W, 3), of(W, 3)), strict=True):
            np.testing.assert_allclose(found, expected, rtol=1e-12)

        def square(x: Any, of: Any = of) -> Any:  # both are differentiated
            return sum((part**2).sum() for part in of(x, 3, return_value=True))

        def apart(x: Any, of: Any = of, value: Any = value) -> Any:
            return (value(x, 3) ** 2).sum() + (of(x, 3) ** 2).sum()

        np.testing.assert_allclose(
            library.gradient(square, x), library.gradient(apart, x), rtol=1e-11, atol=1e-11
        )
        taken.clear()


def test_a_second_derivative_takes_one_decomposition_more(taken: list[str]) -> None:
    torch = Torch()
    one = torch.array(W[0])
    found = torch.second(OF_SPECTRA["entropy"], one, torch.array(Z1[0]), torch.array(Z2[0]))
    assert taken == ["svd"] * 2
    assert math.isfinite(found)


@pytest.mark.parametrize("sigma", [[3.0, 2.0, 0.5], [1.0, 2.0, 1.5], [2.0, 1 + 1e-7, 1.0]])
@pytest.mark.parametrize("name", ["log_volume_form", "log_orbit_volume", "operator_eigenvalues"])
@pytest.mark.parametrize("N", [2, 5, math.inf])
def test_derivatives_in_singular_values(
    library: Any, name: str, sigma: list[float], N: Depth
) -> None:
    if name == "log_orbit_volume" and math.inf == N:
        pytest.skip("finite depth only")
    function = getattr(dlnproof, name)
    c = library.array(C)

    def computed(s: Any) -> Any:
        return (c * function(s, N)).sum() if name == "operator_eigenvalues" else function(s, N)

    def true(s: Any) -> Any:
        frame = Frame.__new__(Frame)
        frame.s = [abs(s[0, k]) for k in range(3)]
        frame.eigenvalues = [[mean(a, b, N) for b in frame.s] for a in frame.s]
        if name == "operator_eigenvalues":
            return mpmath.fsum(C[i, l] * frame.eigenvalues[i][l] for i, l in np.ndindex(3, 3))
        if name == "log_orbit_volume":
            return frame.entropy()
        gaps = [abs(frame.s[i] ** 2 - frame.s[l] ** 2) for i, l in ((0, 1), (0, 2), (1, 2))]
        return frame.density() + mpmath.fsum(mpmath.log(g) for g in gaps)

    expected = gradient(true, np.array([sigma]))[0]
    found = library.gradient(computed, library.array(sigma))
    np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-8)


def test_derivatives_of_the_effective_rank(library: Any) -> None:
    W = np.random.default_rng(8).standard_normal((2, 3))

    def true(W: Any) -> Any:
        squares = mpmath.eigsy(W * W.T, eigvals_only=True)
        s = [mpmath.sqrt(x) for x in squares]
        p = [x / mpmath.fsum(s) for x in s]
        return mpmath.exp(-mpmath.fsum(x * mpmath.log(x) for x in p))

    with mpmath.workdps(60):
        step, expected = mpmath.mpf(10) ** -20, np.zeros((2, 3))
        for i, l in np.ndindex(2, 3):
            up, down = exact(W), exact(W)
            up[i, l] += step
            down[i, l] -= step
            expected[i, l] = float((true(up) - true(down)) / (2 * step))
    found = library.gradient(dlnproof.effective_rank, library.array(W))
    np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-10, atol=1e-13)


def test_factors_multiply_to_W_in_derivatives_too(library: Any) -> None:
    """W -> product(balanced_factors(W)) is the identity: so is its derivative."""
    f = library.functions()
    for W in (2 * np.eye(2), RNG.standard_normal((2, 2))):
        for N in (1, 2, 4):
            jacobian = f.jacrev(lambda W, N=N: dlnproof.product(dlnproof.balanced_factors(W, N)))(
                library.array(W)
            )
            np.testing.assert_allclose(
                np.asarray(jacobian).reshape(4, 4), np.eye(4), rtol=1e-10, atol=1e-10
            )


def test_the_lift_is_a_section_in_derivatives_too(library: Any) -> None:
    f, factors = library.functions(), library.array(FACTORS[:, 0])

    def image(Z: Any) -> Any:
        A = dlnproof.horizontal_lift(Z, factors)
        return A[1] @ factors[0] + factors[1] @ A[0]

    jacobian = f.jacrev(image)(library.array(Z1[0]))
    np.testing.assert_allclose(np.asarray(jacobian).reshape(9, 9), np.eye(9), atol=1e-9)


@pytest.mark.parametrize("N", [2, 3, math.inf])
def test_second_derivatives_where_many_directions_meet_one_matrix(N: Depth) -> None:
    """The Hessian of a sum over a batch is the sum of the Hessians."""
    torch = Torch()
    f, W, many = torch.functions(), torch.array([[2.0, 1], [0, 1]]), torch.array(Z1[:2, :2, :2])
    functions: list[Callable[[Any, Any], Any]] = [
        lambda Z, W: dlnproof.inner_product(Z, 2 * Z + 1, W, N).sum(),
        lambda Z, W: (dlnproof.operator(Z, W, N, power=-1) ** 2).sum(),
        lambda Z, W: (dlnproof.operator(Z, W, N) ** 2).sum(),
    ]
    for function in functions:
        hessian = f.hessian(function, argnums=1)
        expected = hessian(many[0], W) + hessian(many[1], W)
        torch.torch.testing.assert_close(hessian(many, W), expected)
        reverse = f.jacrev(f.grad(function, argnums=1), argnums=1)
        torch.torch.testing.assert_close(reverse(many, W), expected)
    units = torch.array(np.eye(4).reshape(4, 2, 2))
    entries = f.hessian(lambda W: dlnproof.metric_matrix(W, N).trace())(W)
    each = f.hessian(lambda W: sum(dlnproof.inner_product(u, u, W, N) for u in units))(W)
    torch.torch.testing.assert_close(entries, each)


def test_values_are_the_same_where_a_derivative_could_be_asked_for(library: Any) -> None:
    """Also where there is none."""
    f, a = library.functions(), library.array
    singular = a([[[1.0, 2], [2, 4]], [[1.0, 0], [0, 0]]])
    found = f.vmap(lambda W: dlnproof.balanced_factors(W, 2), 0, 1)(singular)
    np.testing.assert_allclose(
        np.asarray(found), dlnproof.balanced_factors(np.asarray(singular), 2), atol=1e-12
    )
    sigma = np.array([[3.0, 1], [1, 0], [2, 2]])
    for name in ("operator_eigenvalues", "log_orbit_volume", "log_volume_form"):
        function = partial(getattr(dlnproof, name), depth=3)
        mapped = np.asarray(f.vmap(function)(a(sigma)))
        np.testing.assert_allclose(mapped, function(sigma), rtol=1e-12)
        slopes = f.vmap(f.jacrev(function))(a(sigma))
        assert not np.isfinite(np.asarray(slopes[1])).all()
        slopes = f.vmap(f.jacfwd(function))(a(sigma))
        assert not np.isfinite(np.asarray(slopes[1])).all()
        assert np.isfinite(np.asarray(slopes[0])).all()
    if library.name == "torch":
        W = singular[0].clone().requires_grad_()
        np.testing.assert_allclose(
            dlnproof.balanced_factors(W, 2).detach(),
            dlnproof.balanced_factors(np.asarray(singular[0]), 2),
            atol=1e-12,
        )


def test_derivatives_in_the_direction_alone_hold_at_singular_matrices(library: Any) -> None:
    W, c = np.diag([2.0, 0.0]), library.array(cut(C, 2))
    found = library.gradient(
        lambda Z: (c * dlnproof.operator(Z, library.array(W), 3)).sum(), library.array(cut(Z, 2))
    )
    np.testing.assert_allclose(np.asarray(found), dlnproof.operator(cut(C, 2), W, 3), rtol=1e-12)


# --- what is refused, and what is said where values are not known ---------------------------------


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(InputError) as caught:
        call()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_input_is_checked_as_numpys_is(library: Any) -> None:
    a = library.array
    assert "got nan at index (0, 1)" in refused(
        lambda: dlnproof.log_volume_density(a([[1, math.nan], [0, 1]]), 2)
    )
    assert "W (2, 3)" in refused(lambda: dlnproof.operator(a(Z), a(np.ones((2, 3))), 2))
    assert "complex128 entries" in refused(
        lambda: dlnproof.log_volume_density(a(np.eye(2), "complex128"), 2)
    )
    assert "float16 entries, expected real numbers; convert to float32" in refused(
        lambda: dlnproof.log_volume_density(a(np.eye(2), "float16"), 2)
    )
    assert "got -1.0 at index (1,)" in refused(lambda: dlnproof.log_volume_form(a([1, -1.0]), 2))
    assert "W[1]: got singular values" in refused(
        lambda: dlnproof.metric_matrix(a([np.eye(2), np.zeros((2, 2))]), 2)
    )
    assert "got singular values 1 down to 0" in refused(
        lambda: dlnproof.operator(a(np.eye(2)), a(np.diag([1.0, 0])), 2, power=-0.5)
    )
    assert "beyond float32, expected entries below 3.4e+38" in refused(
        lambda: dlnproof.operator(a(np.eye(2), "float32"), a(1e25 * np.eye(2), "float32"), math.inf)
    )
    assert "of its norm outside the range of dphi" in refused(
        lambda: dlnproof.horizontal_lift(a(np.eye(2)), a([np.diag([1.0, 0.0])] * 2))
    )


def test_arrays_of_two_libraries_are_refused_and_lists_are_welcome(library: Any) -> None:
    Z, base = library.array(Z1[0]), W[0].tolist()
    line = refused(lambda: dlnproof.operator(Z, np.asarray(base), 3))
    assert line == (
        f"arrays: got Z of {library.name}, W of numpy, expected arrays of one library; convert "
        "the others"
    )
    found = dlnproof.operator(Z, base, 3)
    assert type(found) is type(Z)
    np.testing.assert_allclose(np.asarray(found), dlnproof.operator(Z1[0], base, 3), rtol=1e-12)


def test_every_entry_of_a_list_is_looked_at(library: Any) -> None:
    one, a = np.eye(2), library.array
    for dtypes in (("float32", "float64"), ("int32", "float64"), ("float64", "float32")):
        found = dlnproof.product([a(one, dtype) for dtype in dtypes])
        assert found.dtype == a([1.0]).dtype
    assert refused(lambda: dlnproof.product([a(one), a(one, "complex128")])).startswith(
        "factors[1]: got complex128 entries"
    )
    for factors in ([a(one), one], [a(one), a(one), one]):
        assert refused(lambda f=factors: dlnproof.product(f)) == (  # type: ignore[misc]
            f"arrays: got factors[0] of {library.name}, factors[{len(factors) - 1}] of numpy, "
            "expected arrays of one library; convert the others"
        )
    assert "factors[0] of numpy" in refused(lambda: dlnproof.product([one, a(one)]))
    slope = library.gradient(lambda x: dlnproof.entropy([[x, 0.0], [0.0, 2.0]], 2), a(1.0))
    expected = dlnproof.entropy_gradient(np.diag([1.0, 2]), 2)[0, 0]
    assert float(slope) == pytest.approx(expected, rel=1e-10)
    assert "got arrays of shapes (2,), (1,)" in refused(
        lambda: dlnproof.entropy([[a(1.0), 0.0], [0.0]], 2)
    )


def test_integers_become_the_usual_floats(library: Any) -> None:
    usual = (
        library.array([1.0]).dtype if library.name == "jax" else library.torch.get_default_dtype()
    )
    found = dlnproof.log_volume_density(library.array([[4, 0], [0, 1]], "int32"), 2)
    assert found.dtype == usual
    assert math.exp(float(found)) == pytest.approx(0.2, rel=1e-6)


def test_mixed_precisions_meet_in_the_wider(library: Any) -> None:
    found = dlnproof.operator(library.array(Z, "float32"), library.array(W[0]), 3)
    assert found.dtype == library.array([1.0]).dtype


def test_no_derivative_at_singular_matrices(library: Any) -> None:
    W, z = library.array(np.diag([2.0, 0.0])), library.array(cut(Z, 2))
    for f in (
        lambda W: dlnproof.operator(z, W, 3).sum(),
        lambda W: dlnproof.log_volume_density(W, 3),
        lambda W: dlnproof.entropy(W, 3),
        lambda W: dlnproof.balanced_factors(W, 3).sum(),
        dlnproof.effective_rank,
    ):
        assert "got a singular matrix, expected an invertible one" in refused(
            partial(library.gradient, f, W)
        )
    for g in (dlnproof.operator_eigenvalues, dlnproof.log_volume_form, dlnproof.log_orbit_volume):
        line = refused(
            partial(library.gradient, lambda s, g=g: g(s, 3).sum(), library.array([1, 0.0]))
        )
        assert line.startswith("sigma: got a zero")
    line = refused(
        partial(
            library.gradient, lambda s: dlnproof.log_volume_form(s, 3), library.array([1.0, 1.0])
        )
    )
    assert line.startswith("sigma: got two equal values")


def test_at_depth_one_a_zero_among_singular_values_has_a_derivative(library: Any) -> None:
    sigma = library.array([2.0, 0.0, 1.0])
    found = library.gradient(lambda s: dlnproof.operator_eigenvalues(s, 1).sum(), sigma)
    np.testing.assert_array_equal(np.asarray(found), np.zeros(3))
    found = library.gradient(lambda s: dlnproof.log_volume_form(s, 1), sigma)
    # log(s1^2 - s2^2) + log(s1^2 - s3^2) + log(s3^2 - s2^2)
    np.testing.assert_allclose(np.asarray(found), [1 + 4 / 3, 0, 2 - 2 / 3], rtol=1e-12)
    twice = library.functions().jacrev
    second = twice(twice(lambda s: dlnproof.log_volume_form(s, 1)))(sigma)
    assert np.isfinite(np.asarray(second)).all()
    line = refused(
        partial(library.gradient, dlnproof.effective_rank, library.array(np.diag([1.0, 0])))
    )
    assert "N >= 2" not in line


def test_derivatives_that_are_not_offered_say_so(library: Any) -> None:
    f, W, z = library.functions(), library.array(np.eye(2)), library.array(cut(Z, 2))

    def third(function: Callable[[Any], Any]) -> Callable[[], Any]:
        return lambda: f.jacrev(f.jacrev(f.jacrev(function)))(W)

    def half(W: Any) -> Any:
        return dlnproof.operator(z, W, 3, power=0.5).sum()

    assert "second order in W of A^p for p = 0.5" in refused(lambda: f.hessian(half)(W))
    assert "third order in W" in refused(third(lambda W: dlnproof.log_volume_density(W, 3)))
    assert "third order in W" in refused(third(lambda W: dlnproof.operator(z, W, 3).sum()))
    assert "third order in sigma" in refused(
        third(lambda W: dlnproof.log_orbit_volume(W[0] + 1, 3))
    )
    assert "effective rank" in refused(lambda: f.hessian(dlnproof.effective_rank)(2 * W))


@pytest.mark.parametrize("N", [2, 3, math.inf])
@pytest.mark.parametrize(("dtype", "far"), [("float64", 1e70), ("float32", 1e8)])
def test_derivatives_hold_wherever_the_dtype_holds_them(N: Depth, dtype: str, far: float) -> None:
    """All is homogeneous: the derivative at c W is that at W, times a power of c."""
    torch, q = Torch(), 0 if math.inf == N else 1 / N
    W, n = torch.array([[2.0, 1], [0.3, 1]]), int(min(N, 5))
    functions: list[tuple[Callable[[Any], Any], float]] = [
        (lambda W: dlnproof.operator(W / W.norm().detach(), W, N).sum(), 2 * (1 - q)),
        (lambda W: dlnproof.metric_matrix(W, N).trace(), -2 * (1 - q)),
        (lambda W: dlnproof.log_volume_density(W, N), 0),
        (lambda W: dlnproof.balanced_factors(W, n).sum(), 1 / n),
    ]
    gradient = torch.functions().grad
    for function, degree in functions:
        for c in (far, 1 / far):
            for order in (1, 2):
                derivative = gradient(function)
                if order == 2:
                    derivative = gradient(lambda W, g=derivative: (g(W) * W.new_ones(2)).sum())
                found = derivative((c * W).to(getattr(torch.torch, dtype))).double()
                expected = derivative(W)
                error = (found * c ** (order - degree) - expected).norm() / expected.norm()
                assert error < (1e-9 if dtype == "float64" else 1e-3)


def test_values_that_cannot_be_looked_at_are_not_checked(library: Any) -> None:
    """Under vmap and jit: what eagerly raises gives inf or NaN, its neighbours stay."""
    f = library.functions()
    batch = library.array([np.eye(2), np.diag([1.0, 0.0])])
    density = np.asarray(f.vmap(lambda W: dlnproof.log_volume_density(W, 2))(batch))
    np.testing.assert_array_equal(density, [0.0, math.inf])
    metric = np.asarray(f.vmap(lambda W: dlnproof.inner_product(W, W, W, 2))(batch))
    assert metric[0] == pytest.approx(2)
    assert not np.isfinite(metric[1])
    gradients = np.asarray(f.vmap(f.grad(lambda W: dlnproof.log_volume_density(W, 2)))(batch))
    assert np.isfinite(gradients[0]).all()
    assert not np.isfinite(gradients[1]).all()
    if library.name == "jax":
        broken = library.array([[1.0, math.nan], [0.0, 1.0]])
        compiled = library.jax.jit(lambda W: dlnproof.log_volume_density(W, 2))
        assert math.isnan(float(compiled(broken)))


@pytest.mark.parametrize("call", [call for call in CALLS if call not in ("product", "half")])
@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_one_entry_that_is_no_number_leaves_its_neighbours(call: str, bad: float) -> None:
    """Under torch's vmap, also of a gradient; jax keeps them apart of itself."""
    torch = Torch()
    function, given = CALLS[call]
    last = given[-1].copy()
    last[1].flat[0] = bad
    mapped = torch.functions().vmap(function)(*(torch.array(x) for x in (*given[:-1], last)))
    expected = np.stack([function(*(x[k] for x in given)) for k in (0, 2, 3)])
    np.testing.assert_allclose(mapped[[0, 2, 3]], expected, rtol=1e-9, atol=1e-9)
    assert not mapped[1].isfinite().all()
    slopes = torch.functions().vmap(
        torch.functions().grad(
            lambda *arrays: (function(*arrays) ** 2).sum(), argnums=len(given) - 1
        )
    )(*(torch.array(x) for x in (*given[:-1], last)))
    assert slopes[[0, 2, 3]].isfinite().all()
    assert not slopes[1].isfinite().all()


def test_float32_keeps_what_it_promises() -> None:
    """The docstrings' bounds, with eps = 1.2e-7 and 1e-5 for 1e-12."""
    torch = Torch()
    W, Z = np.random.default_rng(9).standard_normal((2, 500, 3, 3)).astype(np.float32)
    condition = np.linalg.cond(W)
    W, Z, condition = (x[condition < 1e3] for x in (W, Z, condition))
    w, z = torch.array(W, "float32"), torch.array(Z, "float32")
    delta = 1e-5 + 30 * 3 * 2**-23 * condition
    for N in (2, 3, 10**6, math.inf):
        density = dlnproof.log_volume_density(W, N)
        error = np.abs(np.asarray(dlnproof.log_volume_density(w, N)) - density)
        assert (error <= 3 * delta + 1e-5 * np.abs(density)).all()
        image = dlnproof.operator(Z, W, N)
        error = np.linalg.norm(np.asarray(dlnproof.operator(z, w, N)) - image, axis=(-2, -1))
        largest = np.linalg.norm(W, 2, axis=(-2, -1)) ** (2 - 2 / N)
        assert (error <= delta * np.linalg.norm(Z, axis=(-2, -1)) * largest).all()
        G = dlnproof.metric_matrix(W, N)
        error = np.linalg.norm(np.asarray(dlnproof.metric_matrix(w, N)) - G, axis=(-2, -1))
        assert (error <= delta * np.linalg.norm(G, axis=(-2, -1))).all()
    sigma = np.linalg.svd(W, compute_uv=False).astype(np.float32)
    for function in (dlnproof.operator_eigenvalues, dlnproof.log_volume_form):
        found = np.asarray(function(torch.array(sigma, "float32"), 3))
        np.testing.assert_allclose(found, function(sigma, 3), rtol=1e-5, atol=1e-5)


@pytest.mark.long
def test_jax_without_x64() -> None:
    jax = pytest.importorskip("jax")
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", False)
    try:
        for W in (2 * jax.numpy.eye(2), jax.numpy.asarray([[2, 0], [0, 2]])):
            density = dlnproof.log_volume_density(W, 2)
            assert density.dtype == "float32"
            assert float(density) == pytest.approx(-2 * math.log(2), rel=1e-6)
        found = jax.grad(lambda W: dlnproof.log_volume_density(W, 2))(2 * jax.numpy.eye(2))
        np.testing.assert_allclose(np.asarray(found), -0.5 * np.eye(2), rtol=1e-6, atol=1e-6)
    finally:
        jax.config.update("jax_enable_x64", before)


def test_tensors_of_networks_are_taken_as_they_are() -> None:
    """nn.Parameter in, a graph out; no gradient where none is asked for."""
    torch = Torch()
    layers = [torch.torch.nn.Parameter(torch.array(factor)) for factor in FACTORS[:, 0]]
    W = dlnproof.product(layers)
    dlnproof.log_volume_density(W, 2).backward()
    assert all(layer.grad is not None and layer.grad.abs().sum() > 0 for layer in layers)
    with torch.torch.no_grad():
        assert not dlnproof.log_volume_density(layers[0], 2).requires_grad
    assert not dlnproof.operator(torch.array(Z), layers[0].detach(), 3).requires_grad
    singular = torch.array(np.diag([1.0, 0.0])).requires_grad_()
    np.testing.assert_allclose(
        dlnproof.operator(torch.array(np.eye(2)), singular, 3).detach().numpy(),
        dlnproof.operator(np.eye(2), np.diag([1.0, 0.0]), 3),
    )


WITHOUT_EINSUM = [call for call in CALLS if "lift" not in call]


@pytest.mark.parametrize("call", WITHOUT_EINSUM)
def test_the_standard_is_enough(call: str) -> None:
    """A library that has what the array API standard says, and nothing else."""
    strict = pytest.importorskip("array_api_strict")
    function, given = CALLS[call]
    found = function(*map(strict.asarray, given))
    assert isinstance(found, type(strict.asarray(1.0)))
    np.testing.assert_allclose(np.asarray(found), function(*given), rtol=1e-12, atol=1e-12)


def test_tensors_of_two_devices_are_refused() -> None:
    torch = Torch().torch
    line = refused(lambda: dlnproof.operator(torch.ones(2, 2), torch.ones(2, 2, device="meta"), 2))
    assert line == "devices: got Z on cpu, W on meta, expected one device; move them together"
    line = refused(lambda: dlnproof.product([torch.ones(2, 2), torch.ones(2, 2, device="meta")]))
    assert line.startswith("devices: got factors[0] on cpu, factors[1] on meta")


@pytest.mark.long
def test_tensors_of_two_libraries_in_one_list_are_refused() -> None:
    one = np.eye(2)
    line = refused(lambda: dlnproof.product([Torch().array(one), Jax().array(one)]))
    assert line.startswith("arrays: got factors[0] of torch, factors[1] of jax")
