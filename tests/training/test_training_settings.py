"""The settings of training are written down once: what follows from them says the same."""

import argparse
import inspect
import math
import re
from dataclasses import fields
from typing import Annotated, Any, get_type_hints

import pytest

from dlnproof.cli.train import declare
from dlnproof.errors import InputError
from dlnproof.training import Completion, gradient_descent, gradient_flow, langevin, train
from dlnproof.training.settings import (
    DEFAULT_LR,
    KINDS,
    MAX_STEPS,
    NOISE,
    Settings,
    checked_settings,
)

SQUARE = Completion((2, 2), {(0, 0): 1})
WIDE = Completion((1, 2), {(0, 0): 1})
GIVEN: dict[str, Any] = {"depth": 2, "runs": 1, "scale": 0.1}
NO_DEFAULT = inspect.Parameter.empty


def options() -> dict[str, argparse.Action]:
    """Return the options of ``train`` by the name of what they give."""
    parser = argparse.ArgumentParser(add_help=False)
    declare(parser)
    return {action.dest: action for action in parser._actions}


def test_the_signature_of_train_names_every_setting_with_its_default_and_type() -> None:
    parameters = inspect.signature(train).parameters
    hints, settings = get_type_hints(train), get_type_hints(Settings)
    asked = [name for name in parameters if name in settings]
    assert asked == list(settings)
    for name in asked:
        assert parameters[name].kind is inspect.Parameter.KEYWORD_ONLY
        assert parameters[name].default == getattr(Settings, name, NO_DEFAULT)
        assert hints[name] == settings[name]
    others = [name for name in parameters if name not in settings]
    assert others == ["problem", "jobs", "executor", "progress", "keep"]  # they change no result


def test_the_integrators_have_the_same_defaults() -> None:
    flow = inspect.signature(gradient_flow).parameters
    descent = inspect.signature(gradient_descent).parameters
    for name in ("stop_loss", "at_loss"):
        assert flow[name].default == descent[name].default == getattr(Settings, name)
    assert flow["max_steps"].default == MAX_STEPS["flow"]
    assert descent["max_iterations"].default == MAX_STEPS["descent"]
    noisy = inspect.signature(langevin).parameters
    assert noisy["steps"].default == MAX_STEPS["langevin"]
    assert {name: noisy[name].default for name in NOISE} == NOISE


def test_every_setting_is_an_option_whose_default_is_that_of_the_library() -> None:
    found = options()
    words = ["--observe", "1,1=1", "--depth", "2", "-o", "x.npz"]
    parser = argparse.ArgumentParser()
    declare(parser)
    given = parser.parse_args(words)
    for field in fields(Settings):
        assert found[field.name].help
        if hasattr(Settings, field.name):  # what the library does without it, its help says
            default = getattr(Settings, field.name)
            text = getattr(given, field.name)
            assert (text is None) == (default in (None, ()))
            assert text is None or type(default)(text) == default
    shown = [found[name].help or "" for name in ("lr", "max_steps")]
    assert [re.findall(r"[0-9.]+[0-9]", text) for text in shown] == [
        [str(DEFAULT_LR)],
        [str(MAX_STEPS[method]) for method in ("flow", "descent", "langevin")],
    ]
    assert all((found[name].help or "").endswith(f"(default: {NOISE[name]:g})") for name in NOISE)


def test_what_is_left_out_depends_on_the_problem() -> None:
    flow, descent = checked_settings(SQUARE, **GIVEN), checked_settings(WIDE, **GIVEN)
    assert (flow.method, flow.lr, flow.max_steps) == ("flow", None, MAX_STEPS["flow"])
    assert (flow.engine, descent.engine) == ("stiff", "lanes")
    wide = Completion((21, 21), {(0, 0): 1})
    assert checked_settings(wide, **GIVEN).engine == "explicit"
    assert checked_settings(wide, **GIVEN, method="descent").engine == "numpy"
    noisy = checked_settings(SQUARE, **GIVEN, method="langevin", kappa=0)
    assert (noisy.beta, noisy.kappa, noisy.vertical, noisy.step) == (1.0, 0.0, 1.0, 1e-3)
    assert (noisy.max_steps, noisy.engine) == (MAX_STEPS["langevin"], "power")
    deep = checked_settings(SQUARE, **{**GIVEN, "depth": math.inf}, method="langevin")
    assert deep.engine == "euler"
    assert checked_settings(WIDE, **GIVEN, method="flow").engine == "explicit"
    assert checked_settings(WIDE, **GIVEN, method="langevin").engine == "euler"
    narrow = checked_settings(SQUARE, **{**GIVEN, "depth": 10**9}, hidden=5)
    assert (narrow.engine, narrow.hidden) == ("stiff", (5,))
    assert checked_settings(SQUARE, **GIVEN, hidden=1).engine == "explicit"
    assert descent.method == "descent"
    assert (descent.lr, descent.max_steps) == (DEFAULT_LR, MAX_STEPS["descent"])


def test_what_is_stored_has_every_setting_and_gives_them_back() -> None:
    settings = checked_settings(WIDE, **GIVEN, at_loss=[1e-3, 1e-1, 1e-3])
    stored = settings.as_json()
    assert list(stored) == [
        "method", "depth", "runs", "scale", "seed", "init", "hidden", "lr", "beta",
        "kappa", "vertical", "step", "stop_loss", "max_steps", "engine", "at_loss", "at_time",
    ]  # fmt: skip
    assert set(stored) == {field.name for field in fields(Settings)}
    assert stored["at_loss"] == [1e-1, 1e-3]
    assert checked_settings(WIDE, **stored) == settings


@pytest.mark.parametrize("name", list(KINDS))
def test_every_setting_is_checked_under_its_own_name(name: str) -> None:
    """None is a value only where it is the default."""
    with pytest.raises(InputError, match=f"^{name}: got <object"):
        checked_settings(WIDE, **{**GIVEN, name: object()})
    if getattr(Settings, name, 0) is not None:
        with pytest.raises(InputError, match=f"^{name}: got None"):
            checked_settings(WIDE, **{**GIVEN, name: None})


@pytest.mark.parametrize(
    ("problem", "method", "engine", "expected"),
    [
        (SQUARE, "flow", "lanes", "engine: got 'lanes' for the flow, expected stiff or explicit"),
        (SQUARE, "descent", "stiff", "engine: got 'stiff' with descent, expected lanes or numpy"),
        (Completion((21, 21), {(0, 0): 1}), "flow", "stiff", "engine: got stiff for 21 x 21"),
        (SQUARE, "flow", "torch", "engine: got 'torch', expected one of stiff, explicit, lanes"),
        (SQUARE, "langevin", "stiff", "engine: got 'stiff' with langevin, expected power, euler"),
        (
            WIDE,
            "flow",
            "stiff",
            "engine: got stiff for 1 x 2 matrices of rank 1, expected explicit",
        ),
        (SQUARE, "flow", "power", "engine: got 'power' for the flow, expected stiff or explicit"),
    ],
)
def test_an_engine_of_another_method_is_refused(
    problem: Completion, method: str, engine: str, expected: str
) -> None:
    with pytest.raises(InputError, match=f"^{expected}"):
        checked_settings(problem, **GIVEN, method=method, engine=engine)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"method": "flow", "beta": 2.0}, "beta: got 2.0 with flow, which has no noise; expected"),
        ({"method": "descent", "step": 0.1}, "step: got 0.1 with descent, which has no noise"),
        ({"beta": -1}, "beta: got -1, expected a finite number >= 0"),
        ({"beta": math.inf}, "beta: got inf, expected a finite number >= 0"),
        ({"kappa": -0.5}, "kappa: got -0.5, expected a finite number >= 0"),
        ({"vertical": math.nan}, "vertical: got nan, expected a finite number >= 0"),
        ({"step": 0}, "step: got 0, expected a finite number > 0"),
        ({"max_steps": 0}, "max_steps: got 0, expected an integer from 1"),
        ({"lr": 0.1}, "lr: got 0.1 with langevin, which has the setting step"),
        ({"hidden": 3}, "hidden: got 3 with langevin, whose hidden layers have the"),
        ({"init": "gaussian"}, "init: got 'gaussian' with langevin, which stays on"),
        ({"at_loss": [0.1]}, r"at_loss: got \(0.1,\) with langevin, whose loss comes and goes"),
        ({"stop_loss": 1e-3}, "stop_loss: got 0.001 with langevin, whose loss comes and goes"),
        ({"depth": math.inf, "engine": "power"}, "depth: got infinity with the engine power"),
        ({"depth": 1001, "engine": "factors"}, "depth: got 1001 with the engine factors, expected"),
        ({"depth": 10**7}, "depth: got 10000000 with the engine power, expected at most 1000000"),
    ],
)
def test_what_noise_does_not_have_is_refused(more: dict[str, Any], expected: str) -> None:
    with pytest.raises(InputError, match=f"^{expected}"):
        checked_settings(SQUARE, **{**GIVEN, "method": "langevin", **more})
    with pytest.raises(InputError, match=r"^depth: got infinity with langevin for 1 x 2 matr"):
        checked_settings(WIDE, **{**GIVEN, "method": "langevin", "depth": math.inf})


def test_an_unknown_or_missing_setting_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="momentum"):
        train(WIDE, **{**GIVEN, "momentum": 0.9})
    with pytest.raises(TypeError, match="scale"):
        checked_settings(WIDE, depth=2, runs=1)


def test_every_field_says_what_it_may_be() -> None:
    for name, hint in get_type_hints(Settings, include_extras=True).items():
        assert isinstance(hint, type(Annotated[int, 0])), name
