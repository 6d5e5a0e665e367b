"""What the command line prints: tables on stdout, progress on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dlnproof.core.claim import Claim
from dlnproof.core.verdict import Verdict

if TYPE_CHECKING:
    from dlnproof.numeric.evaluate import Evaluation
    from dlnproof.record import ClaimRecord, Evidence, Record
    from dlnproof.run.jobs import Job
    from dlnproof.run.runner import Plan

_NOT_A_TERMINAL_WIDTH = 100


def console() -> Console:
    """Return the console for stdout: NO_COLOR and pipes are respected, nothing is highlighted."""
    width = None if sys.stdout.isatty() else _NOT_A_TERMINAL_WIDTH
    return Console(highlight=False, width=width, soft_wrap=False)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _verdict(verdict: Verdict) -> Text:
    return Text(verdict.value, style="green" if verdict.holds else "bold red")


def print_list(claims: Iterable[Claim]) -> None:
    """Print the catalogue."""
    table = _table("claim", "title", "source", "depths", "routes")
    for claim in claims:
        depths = ", ".join(["N >= 1"] * claim.finite + ["inf"] * claim.infinite)
        routes = ", ".join(route.value for route in claim.routes)
        table.add_row(claim.id, claim.title, str(claim.source), depths, routes)
    console().print(table)


def print_record(record: Record, *, stopped: bool = False) -> None:
    """Print the verdict of each claim, and by which evidence."""
    out = console()
    table = _table("claim, route", "verdict", "scope", "points", "error", "order", "rejected")
    for claim in record.claims:
        table.add_row(Text(claim.id, style="bold"), _verdict(claim.verdict))
        for evidence in claim.evidence:
            route = f"  {evidence.route.value}"
            table.add_row(route, _verdict(evidence.verdict), *_figures(evidence))
    out.print(table)
    for claim in record.claims:
        _print_printed(out, claim)
    holding = sum(claim.verdict.holds for claim in record.claims)
    for claim in record.claims:
        for evidence in claim.evidence:
            for what in ("failure", "undecided"):
                if what in evidence.details:
                    out.print(
                        Text(f"{claim.id} {evidence.route}: {what}: {evidence.details[what]}")
                    )
    out.print(f"\n{holding} of {len(record.claims)} claims hold.", style="bold")
    if stopped:
        out.print("Stopped at the first failure: the evidence above is incomplete.")


def _figures(evidence: Evidence) -> list[str]:
    details = evidence.details
    low, high = details.get("order", (None, None))
    return [
        details.get("scope", ""),
        str(details.get("points", "")),
        details.get("worst_error", ""),
        "" if low is None else f"{low}" if low == high else f"{low}-{high}",
        f"{evidence.tried - len(evidence.survivors)}/{evidence.tried}",
    ]


def _print_printed(out: Console, claim: ClaimRecord) -> None:
    for printed in claim.as_printed:
        out.print()
        out.print(
            Text(f"{claim.id}, as printed ({printed.source}; {printed.witness}): {printed.verdict}")
        )
        out.print(Text(f"  {printed.explanation}"))
        if printed.counterexample:
            found = printed.counterexample
            out.print(
                Text(
                    f"  counterexample: N = {found['N']}, d = {found['d']}, "
                    f"t = ({', '.join(found['point']['t'])}): {found['left']} against "
                    f"{found['right']}"
                )
            )


def print_durations(durations: Sequence[tuple[float, str]]) -> None:
    """Print the slowest pieces of a run, on stderr: they are no part of its result."""
    for seconds, name in durations:
        print(f"{seconds:8.3f} s  {name}", file=sys.stderr)


def print_claim(claim: Claim) -> None:
    """Print what a claim says and what a pass of its checks relies on."""
    from dlnproof.report.fragment import statement
    from dlnproof.report.plain import plain

    out = console()
    out.print(Text(f"{claim.id}: {claim.title}", style="bold"))
    out.print(Text(f"\n{plain(statement(claim))}"))
    out.print(Text(f"\nhypotheses   {'; '.join(claim.hypotheses)}"))
    out.print(Text(f"source       {claim.source}"))
    out.print(Text(f"builds on    {', '.join(claim.uses) or 'no other claim'}"))
    out.print(Text(f"routes       {', '.join(route.value for route in claim.routes)}"))
    out.print(Text("\nwrong variants, which every route that applies must reject"))
    for mutant in claim.mutants:
        out.print(Text(f"  {mutant.name}: {mutant.what}"))
    for printed in claim.as_printed:
        out.print(Text(f"\nas printed by {printed.source} ({printed.witness})"))
        out.print(Text(f"  {printed.statement}\n  {printed.explanation}"))
    out.print(Text("\nfiles to trust, with their line counts"))
    table = _table("lines", "file")
    for name, lines in trusted_files(claim):
        table.add_row(f"{lines:5d}", name)
    out.print(table)


def trusted_files(claim: Claim) -> list[tuple[str, int]]:
    """Return the files that a verdict on the claim relies on, and how long each is."""
    root = files("dlnproof")
    names = [f"core/{item.name}" for item in (root / "core").iterdir() if item.name[-3:] == ".py"]
    names = ["formulas.py", "claims.py", *sorted(names), "run/compare.py"]
    names += [f"derivations/{claim.slug}.py", f"checks/{claim.slug}.py"]
    return [(f"dlnproof/{name}", _lines(name)) for name in names]


def _lines(name: str) -> int:
    from importlib import import_module

    if name.startswith(("derivations/", "checks/")):
        folder, file = name.split("/")
        return len((files(import_module(f"dlnproof.{folder}")) / file).read_text().splitlines())
    return len((files("dlnproof") / name).read_text().splitlines())


def print_evaluation(result: Evaluation) -> None:
    """Print certified quantities: the number lies within the radius of the midpoint."""
    out = console()
    table = _table("quantity", "value", "radius")
    for k, value in enumerate(result.singular_values, start=1):
        table.add_row(f"sigma_{k}", value.mid, value.rad)
    for name, value in (
        ("log sqrt(det g^N)", result.log_volume_density),
        ("log volume form", result.log_volume_form),
        ("log det g^N", result.log_det_metric),
    ):
        table.add_row(name, value.mid, value.reason or value.rad)
    depth = "infinity" if result.as_json()["depth"] == "inf" else result.depth
    out.print(Text(f"depth {depth}, width {result.width}, rank {result.rank} (exact)"))
    out.print(table)


@contextmanager
def progress_of(plan: Plan) -> Iterator[Callable[[Job], None]]:
    """Show progress on stderr while the plan's jobs are done, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda job: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(plan.jobs))

        def advance(job: Job) -> None:
            bar.update(task, advance=1, description=f"{job.claim} {job.route}")

        yield advance
