"""The verb ``merge``: the shards of a run, made into its one record."""

from argparse import ArgumentParser, Namespace

from dlnproof.cli.shared import add_extra, add_json


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``merge``."""
    parser.description = (
        "Read all shards of one run, which 'check --shard I/N --json FILE' wrote, and make the "
        "record that the run would have made in one piece, byte for byte. Shards of other "
        "settings, versions or surroundings are refused, and so are missing and repeated ones."
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="all shards, in any order")
    add_extra(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """Merge the shards, and print the verdicts as ``check`` does."""
    from dlnproof.cli.check import status_of
    from dlnproof.documents.layout import screen
    from dlnproof.documents.verdicts import record_text
    from dlnproof.files.output import Results
    from dlnproof.run.select import claims_named
    from dlnproof.run.shards import merged, read_shard

    results = Results(given.json, *given.files)
    claims_named(given.extra)
    found = [read_shard(name) for name in given.files]
    record = merged(found)
    made = "".join(
        f"shard {each.shard}: {each.name}: {', '.join(c.id for c in each.record.claims) or '-'}\n"
        for each in sorted(found, key=lambda each: each.shard.number)
    )
    results.deliver(record.as_json(), lambda: f"{made}\n{record_text(record, screen())}")
    return status_of(record)
