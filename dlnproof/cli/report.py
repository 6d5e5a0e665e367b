"""The verb ``report``: a run's web page, as one static folder."""

from argparse import ArgumentParser, Namespace

from dlnproof.cli.shared import add_folder


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``report``."""
    parser.description = (
        "Run the checks that are selected, or take their record, and write a static "
        "web page of them: statements, evidence, derivations, printed statements with their "
        "counterexamples, the graph of dependences. Exit status 1 if some claim does not hold; the "
        "page is written all the same, and says so."
    )
    add_folder(parser)


def run(given: Namespace) -> int:
    """Run the checks or read their record, draw the figures, write the folder."""
    from dlnproof.cli.folder import Folder
    from dlnproof.documents.site.site import site
    from dlnproof.files.output import emit

    folder = Folder.of(given)
    folder.tree.write(site(folder.record, folder.drawn("svg")))
    emit(f"Written: {folder.tree.target / 'index.html'}\n")
    return folder.status()
