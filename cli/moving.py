"""Commands that bring cases from another system, and give them all back."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from cli.beginning import err, loading, out, settings, store_needed

_READABLE = {"exists": True, "dir_okay": False, "readable": True}


def import_(  # noqa: PLR0913 - one for each thing that may be said
    file: Annotated[
        Path, typer.Argument(help="CSV: a row for each happening, as docs/import.md says", **_READABLE)
    ],
    *,
    mapping: Annotated[
        Path | None, typer.Option(help="TOML: another system's columns, codes and dates", **_READABLE)
    ] = None,
    people: Annotated[Path | None, typer.Option(help="CSV: whom the rows name by number", **_READABLE)] = None,
    source: Annotated[str | None, typer.Option(help="What the other system is called")] = None,
    encoding: Annotated[str | None, typer.Option(help="Where the files are not UTF-8, such as cp1252")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Says what would happen and writes nothing")] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="A new CSV file for the rows that are not taken", dir_okay=False)
    ] = None,
) -> None:
    """Brings cases from another system. Safe to repeat; exit 1 where a row is rejected, 2 where it is no table."""
    with loading():
        from cli.importing.mapping import MappingNotUnderstood  # noqa: PLC0415 - a door loads what it needs
        from cli.importing.report import told  # noqa: PLC0415 - as above
        from cli.importing.run import Asked, bring  # noqa: PLC0415 - as above
        from cli.importing.table import TableNotUnderstood  # noqa: PLC0415 - as above

    asked = Asked(file, mapping, people, source, encoding, dry_run, rejects)
    try:
        with store_needed(), Progress(console=err) as progress:
            found = asyncio.run(bring(settings(), asked, progress))
    except (MappingNotUnderstood, TableNotUnderstood) as wrong:
        err.print(str(wrong), markup=False)
        raise typer.Exit(2) from None
    except OSError as wrong:
        err.print(f"{wrong.filename} cannot be used: {wrong.strerror}.", markup=False)
        raise typer.Exit(2) from None
    for line in told(found):
        out.print(line, markup=False)
    raise typer.Exit(1 if found.outcome.rejected else 0)


def export(
    into: Annotated[Path, typer.Argument(help="A new or empty folder", file_okay=False)],
    case: Annotated[list[str] | None, typer.Option(help="This one alone; as often as there are more")] = None,
) -> None:
    """Writes every case in open formats, with all personal data; exit 1 where a file is not in storage."""
    from cli.exporting.folder import ColumnMissing, NotEmpty  # noqa: PLC0415 - as above
    from cli.exporting.run import CaseUnknown, export  # noqa: PLC0415 - as above
    from gateways.evidence_files import EvidenceStoreAway  # noqa: PLC0415 - as above

    err.print("What is written holds personal data: keep it where only those can read it who may.")
    try:
        with store_needed(), Progress(console=err) as progress:
            done = asyncio.run(export(settings(), into, case or (), progress))
    except (NotEmpty, CaseUnknown, ColumnMissing) as wrong:
        err.print(str(wrong), markup=False)
        raise typer.Exit(2) from None
    except EvidenceStoreAway:
        err.print(
            "Files that were sent to us cannot be read: their storage does not answer. What is there is not whole."
        )
        raise typer.Exit(1) from None
    out.print(f"{done.cases} cases with {done.entries} entries, and {done.files} letters and files.")
    if done.erased:
        out.print(
            f"Of {done.erased} retention has erased what was said: their chains are there, and not in cases.csv."
        )
    if done.with_links:
        err.print(
            f"Not there: the pages of {done.with_links} letters with a private link. `body` has their words."
        )
    if done.missing:
        err.print(f"Not in storage: {done.missing} files. `casework verify --files` names them.")
    raise typer.Exit(1 if done.missing else 0)
