"""The verb ``formula``: is a closed form right?"""

from __future__ import annotations

import sys
from argparse import Namespace

from dlnproof.cli.main import FAILED, IN_PART, INTERNAL, OK
from dlnproof.documents.layout import screen
from dlnproof.errors import InputError
from dlnproof.files.output import deliver, emit, output_file

_MOST_BYTES = 2**16


def run_formula(given: Namespace) -> int:
    """Judge one formula, or list what a formula can be a formula of."""
    if given.list:
        if given.target is not None or given.json is not None:
            raise InputError("--list: got more beside it, expected it alone")
        from dlnproof.documents.judgements import targets_text
        from dlnproof.judge.targets import TARGETS

        emit(targets_text(TARGETS.values(), screen()))
        return OK
    if given.target is None or given.text is None:
        raise InputError(
            "got no formula, expected TARGET TEXT, such as svd-jacobian 'van(Sigma**2)'; "
            "'dlnproof formula --list' shows the targets"
        )
    output = output_file("--json", given.json)
    from dlnproof.core.verdict import Verdict
    from dlnproof.documents.judgements import judgement_text
    from dlnproof.files.json import dumps
    from dlnproof.judge.judgement import formula

    found = formula(given.target, _text() if given.text == "-" else given.text)
    text = dumps(found.as_json())
    deliver(given.json, output, text, lambda: judgement_text(found, screen()))
    if found.verdict is Verdict.ERROR:
        return INTERNAL
    if found.decided:
        return OK
    return IN_PART if found.holds else FAILED


def _text() -> str:
    """Return the formula on standard input, of bounded length."""
    if sys.stdin is None:
        raise InputError("standard input: is closed; give the formula itself")
    try:
        content = sys.stdin.buffer.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise InputError(f"standard input: more than {_MOST_BYTES} bytes, expected a formula")
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"standard input: cannot be read as text ({error})") from None
