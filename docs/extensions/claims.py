"""Claims, with the verdicts that a run gave them: no page can cite another, or one of no run.

``{claim}`volume-form` `` is a link to the claim's page that says the verdict of the record. A claim
that the record lacks is a warning, which ends a build with ``-W``; without a record there is none.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from dlnproof.claims import CATALOGUE, CLAIMS
from dlnproof.documents.content.counterexamples import file_name
from dlnproof.documents.entries import entries
from dlnproof.documents.limits import limits
from dlnproof.documents.meanings import MEANINGS
from dlnproof.documents.site.site import site
from dlnproof.documents.words import claim_word, headline
from dlnproof.errors import InputError
from dlnproof.record.reading import intact_record
from dlnproof.record.record import ClaimRecord, Record

_CHAPTERS = {id_: line.partition(".")[0] for id_, line in zip(CLAIMS, CATALOGUE, strict=True)}
FOLDER = "record"
"""Where the record's own pages stand in the site."""
_log = logging.getLogger(__name__)


@cache
def record_of(name: str) -> Record:
    """Return the record of the site. Raises :class:`ExtensionError` where there is none."""
    try:
        return intact_record(name)
    except InputError as error:
        raise ExtensionError(
            f"the pages cite the verdicts of a record: {error}; "
            f"make it with: dlnproof check --quick --json {name}"
        ) from None


class ClaimRole(SphinxRole):
    """A claim by its id: a link to its page, and the verdict of the record."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link."""
        self.env.note_dependency(self.config.dlnproof_record)
        found = {claim.id: claim for claim in record_of(self.config.dlnproof_record).claims}
        if self.text not in found:
            said = "claim %r is not in the record: a page cannot cite a verdict that no run gave"
            _log.warning(said, self.text, location=self.get_location())
            return [], []
        return cited(found[self.text], up(self.env.docname)), []


def cited(claim: ClaimRecord, root: str) -> list[nodes.Node]:
    """Return a claim's id, as a link, and its verdict."""
    place = f"{root}{FOLDER}/claims/{file_name(claim.id)}.html"
    link = nodes.reference("", "", nodes.literal("", claim.id), refuri=place, internal=True)
    return [link, nodes.Text(f" ({claim_word(claim)})")]


def up(docname: str) -> str:
    """Return the way from a page to the top of the site."""
    return "../" * docname.count("/")


class Claims(SphinxDirective):
    """All claims of the record, chapter by chapter."""

    def run(self) -> list[nodes.Node]:
        """Return what the run found, and a list for each chapter."""
        self.env.note_dependency(self.config.dlnproof_record)
        record = record_of(self.config.dlnproof_record)
        root = up(self.env.docname)
        whole = nodes.reference("", "all pages", refuri=f"{root}{FOLDER}/index.html", internal=True)
        made: list[nodes.Node] = [
            nodes.paragraph("", "", nodes.Text(f"{headline(record)} ("), whole, nodes.Text(")"))
        ]
        chapters: dict[str, nodes.bullet_list] = {}
        for claim in record.claims:
            words = nodes.Text(f"{claim.title}: ")
            item = nodes.list_item("", nodes.paragraph("", "", words, *cited(claim, root)))
            chapters.setdefault(_CHAPTERS[claim.id], nodes.bullet_list()).append(item)
        for chapter, items in chapters.items():
            name = nodes.paragraph("", "", nodes.strong("", chapter.capitalize()))
            made += [name, items]
        return made


class Verdicts(SphinxDirective):
    """What the words of verdicts mean."""

    def run(self) -> list[nodes.Node]:
        """Return a list of definitions."""
        found = nodes.definition_list()
        for verdict, meaning in MEANINGS.items():
            term = nodes.term("", "", nodes.strong("", verdict.value.replace("_", " ")))
            said = nodes.definition("", nodes.paragraph("", f"{meaning}."))
            found += nodes.definition_list_item("", term, said)
        return [found]


class Limits(SphinxDirective):
    """What a run in which every claim holds does not show."""

    def run(self) -> list[nodes.Node]:
        """Return a list of sentences."""
        self.env.note_dependency(self.config.dlnproof_record)
        record = record_of(self.config.dlnproof_record)
        items = nodes.bullet_list()
        for said in limits(entries(record)):
            items += nodes.list_item("", nodes.paragraph("", said))
        return [items]


def _read(app: Sphinx) -> None:
    record_of(app.config.dlnproof_record)  # without one nothing is built


def _write(app: Sphinx, failed: Exception | None) -> None:
    if failed or app.builder.format != "html":
        return
    for name, content in site(record_of(app.config.dlnproof_record), {}).items():
        place = Path(app.outdir) / FOLDER / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the role, the directives and the pages of the record."""
    app.add_config_value("dlnproof_record", "build/record.json", "env")
    app.add_role("claim", ClaimRole())
    app.add_directive("claims-of-the-record", Claims)
    app.add_directive("words-of-verdicts", Verdicts)
    app.add_directive("what-a-pass-does-not-show", Limits)
    app.connect("builder-inited", _read)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
