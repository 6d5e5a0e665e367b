"""Rewrite the table of sentences, docs/sentences.md. Run: python docs/update_sentences.py"""

import re
from pathlib import Path

from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import Claim
from dlnproof.notation.tex import tex

TABLE = Path(__file__).parent / "sentences.md"
HEAD = """# Sentences

What each claim says, under which hypotheses, with which constants: no sentence becomes weaker
without a change of this file. It is written by `python docs/update_sentences.py`; a test keeps it
in step.
"""


def _filled(claim: Claim, text: str) -> str:
    return re.sub(r"<<(\w+)>>", lambda match: tex(claim.parts[match[1]]), text)


def section(claim: Claim) -> str:
    """Return a claim's sentences, hypotheses and definitions, formulas in place."""
    lines = [f"\n## {claim.id}\n"]
    stated = claim.stated
    lines += [f"- given: `{text}`" for text in stated.hypotheses]
    for sentence in stated.sentences:
        lines.append(f"- **{sentence.name}**: `{_filled(claim, stated.text(sentence))}`")
    lines += [f"- definition: `{stated.definition(made)}`" for made in stated.definitions]
    lines += [f"- {_filled(claim, stated.coincidences)}"] if stated.coincidences else []
    lines += [f"- measured: `{_filled(claim, claim.measured)}`"] if claim.measured else []
    return "\n".join([*lines, ""])


def table() -> str:
    """Return the text of the table."""
    return HEAD + "".join(map(section, CLAIMS.values()))


if __name__ == "__main__":
    TABLE.write_text(table())
