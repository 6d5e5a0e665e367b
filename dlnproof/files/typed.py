"""JSON as typed records: dataclasses whose fields say how each is read, written and compared.

A field says it once, by its annotation: ``Annotated[int, between(0, 9)] | None``. Plain text, words
of an enumeration, other records, and tuples and mappings of all these need no more than their type.
A field that has its default is not written; what was read is written back the same (:func:`same`
refuses it otherwise), so that no field is there which the types do not have.

Two libraries were tried on two routes of evidence. msgspec is strict and names the place, but it
shows a regular expression in place of words and not what it got, its integers end at 64 bits, null
passes for any field that may be absent, and 4 comes back as 4.0. cattrs takes "7" and 3.7 for
integers, 5 for text and NaN for a number unless hooks are written, and says nothing of what is
wrong within a union. With either, bounds, words and differences would still be written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from enum import StrEnum
from functools import cache
from json import dumps
from math import inf
from operator import methodcaller
from re import ASCII, fullmatch, sub
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Self,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from dlnproof.depth import Depth, show_depth
from dlnproof.errors import InputError
from dlnproof.files.fields import integer, mapping, show, sized, text

MOST: Final = 10**9
_NUMBER: Final = r"-?[0-9][0-9.]*(e[+-]?[0-9]+)?"


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Kind:
    """How a field is read (from JSON and the field's place), written, and compared.

    ``near``: whether two values, as JSON has them, differ by no more than another machine explains.
    ``words``: another version may put it otherwise. ``inner``: the type of the records in it.
    ``plain``: whether a list, seen as one, is of nothing but values that are read as they are.
    """

    read: Callable[[Any, str], Any]
    write: Callable[[Any], Any] = _as_it_is
    near: Callable[[Any, Any], bool] = lambda one, other: False
    words: bool = False
    inner: type[Typed] | None = None
    plain: Callable[[list[Any]], bool] = lambda values: False


class Typed:
    """What a record of typed fields can do."""

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON data: its fields in order, without those at their default."""
        return {
            name: None if value is None else slot.kind.write(value)
            for name, slot in slots(type(self)).items()
            if (value := getattr(self, name)) != slot.default
        }

    @classmethod
    def from_json(cls, data: Any, where: str = "") -> Self:
        """Return the record that JSON data holds. Raises :class:`InputError`, with the place."""
        return cls.read(mapping(data, where), where)

    @classmethod
    def read(cls, data: Mapping[str, Any], where: str, **given: Any) -> Self:
        """Return the record of the fields ``given`` and those read from an object."""
        for name, slot in slots(cls).items():
            if name not in given and (name in data or slot.default is MISSING):
                value = data.get(name)
                empty = value is None and slot.empty
                place = f"{where}.{name}" if where else name
                given[name] = None if empty else slot.kind.read(value, place)
        return cls(**given)


@dataclass(frozen=True)
class _Slot:
    """A field of a type: its kind, its default, and whether it can be null."""

    kind: Kind
    default: Any
    empty: bool


def _slots(cls: type) -> dict[str, _Slot]:
    hints = get_type_hints(cls, include_extras=True)
    assert is_dataclass(cls)
    return {field.name: _slot(field, hints[field.name]) for field in fields(cls)}


slots: Final[Callable[[type], dict[str, _Slot]]] = cache(_slots)
"""The fields of a type of records."""


def _slot(field: Field[Any], hint: Any) -> _Slot:
    default = {} if field.default_factory is dict else field.default
    return _Slot(_kind(hint), default, default is MISSING and NoneType in get_args(hint))


def _kind(hint: Any) -> Kind:
    """Return how a field of a type is read: as an annotation says, or by what the type is."""
    origin, args = get_origin(hint), get_args(hint)
    made = [each for each in args if isinstance(each, Kind)]
    if origin in (Union, UnionType):
        made = [_kind(each) for each in args if each is not NoneType]
    elif origin is tuple:
        made = [_listed(_kind(args[0]))]
    elif origin is Mapping:
        made = [_mapped(_kind(args[0]), _kind(args[1]))]
    elif not made and issubclass(hint, StrEnum):
        made = [word(hint)]
    elif not made and issubclass(hint, Typed):
        made = [Kind(hint.from_json, methodcaller("as_json"), inner=hint)]
    [kind] = made or [{str: TEXT, bool: _FLAG, int: _INTEGER}[hint]]
    return kind


def kind_at(cls: type | None, path: str) -> Kind | None:
    """Return how a field below a type counts, by names and numbers: ``findings.0.text``."""
    name, _, rest = path.partition(".")
    if cls is None or name not in slots(cls):
        return None
    kind = slots(cls)[name].kind
    return kind_at(kind.inner, rest.lstrip("0123456789").lstrip(".")) if rest else kind


def inside(where: str, name: str) -> str:
    """Return the place of a field in an object; names may be anybody's."""
    plain = name if fullmatch(r"[A-Za-z_][\w-]{0,39}", name, ASCII) else show(name)
    return f"{where}.{plain}" if where else plain


def same(made: Any, given: Any, where: str = "") -> None:
    """Refuse data that is not what it was read as: the first place where they differ is named."""
    if isinstance(made, dict) and isinstance(given, dict):
        for key in dict.fromkeys((*given, *made)):
            if key not in made or key not in given:
                which = "missing" if key in made else "unknown"
                raise InputError(f"{where or 'record'}: field {show(key)} is {which}")
            same(made[key], given[key], inside(where, key))
    elif isinstance(made, list) and isinstance(given, list) and len(made) == len(given):
        for number, (mine, theirs) in enumerate(zip(made, given, strict=True)):
            same(mine, theirs, f"{where}[{number}]")
    elif dumps(made) != dumps(given):
        raise InputError(
            f"{where}: got {show(given)}, but the rest of the record gives {show(made)}"
        )


# --- kinds ----------------------------------------------------------------------------------------


def between(least: int, most: int = MOST) -> Kind:
    """An integer within bounds."""
    return Kind(lambda value, where: integer(value, where, most, least))


def word(words: Iterable[str]) -> Kind:
    """One of some words, those of an enumeration as its members."""
    known = {str(each): each for each in words}

    def read(value: Any, where: str) -> str:
        if text(value, where) not in known:
            raise InputError(f"{where}: got {show(value)}, expected one of {', '.join(known)}")
        return known[value]

    return Kind(read, str)


def matching(pattern: str, expected: str) -> Kind:
    """Text of a form that ``expected`` puts in words."""

    def read(value: Any, where: str) -> str:
        if not fullmatch(pattern, text(value, where)):
            raise InputError(f"{where}: got {show(value)}, expected {expected}")
        return str(value)

    return Kind(read)


def _listed(kind: Kind) -> Kind:
    read, write = kind.read, kind.write

    def all_of(value: Any, where: str) -> tuple[Any, ...]:
        found = sized(value, where)
        if kind.plain(found):  # records hold rows by the thousand
            return tuple(found)
        return tuple([read(each, f"{where}[{number}]") for number, each in enumerate(found)])

    def written(values: Any) -> list[Any]:
        return list(values) if write is _as_it_is else [write(value) for value in values]

    return Kind(all_of, written, inner=kind.inner)


def _mapped(key: Kind, kind: Kind) -> Kind:
    return Kind(
        lambda value, where: {
            key.read(name, where): kind.read(each, inside(where, name))
            for name, each in mapping(value, where).items()
        },
        lambda values: {name: kind.write(value) for name, value in values.items()},
    )


def _printable(value: Any, where: str) -> str:
    if not (isinstance(value, str) and value.isascii() and value.isprintable()):
        text(value, where)
        raise InputError(f"{where}: got {show(value)}, expected printable ASCII on one line")
    return str(value)


def _on_one_line(value: Any, where: str) -> str:
    """Return text without control characters: a terminal obeys them, and so do readers of HTML."""
    if not text(value, where).isprintable():
        raise InputError(f"{where}: got {show(value)}, expected printable text on one line")
    return str(value)


def _printables(values: list[Any]) -> bool:
    try:
        text = "".join(values)
    except TypeError:  # a value that is no text; to look at the type of each takes as long again
        return False
    return text.isascii() and text.isprintable()


def _flag(value: Any, where: str) -> bool:
    if value is not True:
        raise InputError(f"{where}: got {show(value)}, expected true, or nothing")
    return True


def _integer(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(f"{where}: got {show(value)}, expected an integer")
    return value


def _depth(value: Any, where: str) -> Depth:
    return inf if value == "inf" else integer(value, where, MOST)


def _alike(one: str, other: str) -> bool:
    return sub(_NUMBER, "#", one) == sub(_NUMBER, "#", other)


TEXT: Final = Kind(_on_one_line)
_INTEGER: Final = Kind(_integer)
_FLAG: Final = Kind(_flag)
PRINTABLE: Final = Kind(_printable, plain=_printables)
SAID: Final = Kind(_printable, near=_alike, words=True)
Count = Annotated[int, between(0)]
Size = Annotated[int, between(1)]
AnyDepth = Annotated[Depth, Kind(_depth, show_depth)]
Printable = Annotated[str, PRINTABLE]
"""ASCII on one line, without what a terminal obeys."""
Wording = Annotated[str, replace(TEXT, words=True)]
"""Words of the catalogue, which another version may put otherwise."""
PrintableWording = Annotated[str, replace(PRINTABLE, words=True)]
Said = Annotated[str, SAID]
"""What a run said: words with figures in them, which another machine finds otherwise."""
Reason = Annotated[str, Kind(_printable, near=lambda one, other: True)]
"""What is told in figures, or by another program: no two machines need say the same."""
