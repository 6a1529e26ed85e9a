"""Commands about the records: whether they hold, made anew, looked through for what goes wrong, counted, and
told again; and about what looks at them by the clock.
"""

import asyncio
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from cli.beginning import err, out, settings, store_needed
from policy.reports.kinds import ReportKind


def audit(
    refs: Annotated[list[str] | None, typer.Argument(help="References; all open cases when none is named")] = None,
) -> None:
    """Prints what the night's check would find now. Changes nothing; exit 1 for a reference of no open case."""
    from cli.audit import NoOpenCase, audit  # noqa: PLC0415 - a door loads what it needs and no more

    try:
        with store_needed():
            told = asyncio.run(audit(settings(), tuple(refs or ())))
    except NoOpenCase as none:
        err.print(str(none), markup=False)
        raise typer.Exit(1) from None
    out.print(told, markup=False)


def measures(
    first: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"])],
    last: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"])],
    by: Annotated[str, typer.Option(help="Sorted by these, as in ward,category")] = "",
    *,
    json: Annotated[bool, typer.Option("--json", help="For a program")] = False,
) -> None:
    """The figures of a time, from the first day to the last, each with its definition."""
    from cli.measures import Wanted, as_json, in_words, measured  # noqa: PLC0415 - as above

    try:
        wanted = Wanted.of(first.date(), last.date(), by)
    except ValueError as wrong:
        err.print(str(wrong), markup=False)
        raise typer.Exit(2) from None
    with store_needed(), Progress(console=err) as progress:
        found = asyncio.run(measured(settings(), wanted, progress))
    typer.echo(as_json(found) if json else "\n".join(in_words(found)))


def focus_areas(
    *,
    propose: Annotated[
        bool, typer.Option("--propose", help="Also propose them, to be decided on by people")
    ] = False,
) -> None:
    """Prints the places with more new cases than chance explains, and how sure that is."""
    from cli.focus_areas import looked  # noqa: PLC0415 - as above

    with store_needed():
        told = asyncio.run(looked(settings(), propose=propose))
    out.print(told, markup=False)


def rebuild() -> None:
    """Makes register, deadlines and people anew from the timeline."""
    from cli.rebuild import rebuild  # noqa: PLC0415 - as above

    with store_needed(), Progress(console=err) as progress:
        count = asyncio.run(rebuild(settings(), progress))
    out.print(f"{count} cases rebuilt from their timelines.")


def reconcile(
    *, apply: Annotated[bool, typer.Option("--apply", help="Also bring them together; else it only looks")] = False
) -> None:
    """After a restore: what store and engine do not agree about; exit 1 where something is left to do."""
    from cli.reconcile import reconcile  # noqa: PLC0415 - as above
    from workflows.door import EngineAway  # noqa: PLC0415 - as above

    try:
        with store_needed(), Progress(console=err) as progress:
            said = partial(out.print, markup=False)
            done = asyncio.run(reconcile(settings(), progress, apply=apply, say=said))
    except EngineAway:
        err.print("Temporal does not answer. Run this again when it does.")
        raise typer.Exit(2) from None
    told = f"{done.looked_at} looked at, {len({step.both.ref for step in done.steps})} differed."
    out.print(told if apply or not done.steps else f"{told} Nothing was changed: --apply brings them together.")
    raise typer.Exit(1 if done.left or (done.steps and not apply) else 0)


def report(
    kind: Annotated[ReportKind, typer.Argument(help="Which")],
    to: Annotated[Path, typer.Option(help="The file, ending in .pdf, .csv or .xlsx", dir_okay=False)],
    first: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day")] = None,
    last: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day")] = None,
    *,
    publish: Annotated[bool, typer.Option("--publish", help="For everybody: without small numbers")] = False,
) -> None:
    """A report as a file: of the last whole month, quarter or year that it is of, or of the days that you name."""
    from cli.report import Wanted, written  # noqa: PLC0415 - as above

    try:
        wanted = Wanted.of(kind, first and first.date(), last and last.date(), to, for_everybody=publish)
    except ValueError as wrong:
        err.print(str(wrong), markup=False)
        raise typer.Exit(2) from None
    try:
        with store_needed(), Progress(console=err) as progress:
            asyncio.run(written(settings(), wanted, progress))
    except OSError as unwritten:
        err.print(f"{to} cannot be written: {unwritten.strerror}.", markup=False)
        raise typer.Exit(1) from None
    out.print(f"Written to {to}.", markup=False)


def simulate(
    edition: Annotated[Path, typer.Option(help="The proposed edition (TOML)", exists=True, dir_okay=False)],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"])],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"])],
    *,
    examples: Annotated[int, typer.Option(min=0, max=1000, help="How many cases of each kind to name")] = 10,
    json: Annotated[bool, typer.Option("--json", help="For a program")] = False,
) -> None:
    """Tells past cases again under a proposed edition. Changes nothing; exit 2 for one that is not sane."""
    from cli.simulate import account_in_words, simulated, time_of  # noqa: PLC0415 - as above
    from policy.editions.proposal import ProposalNotSane, proposal  # noqa: PLC0415 - as above

    try:
        text, period = edition.read_text(encoding="utf-8"), time_of(first.date(), last.date())
        proposal(text)
    except UnicodeDecodeError:
        err.print(f"{edition} is no text in UTF-8.", markup=False)
        raise typer.Exit(2) from None
    except ProposalNotSane as wrong:
        err.print(f"{edition} is no edition:\n{wrong}", markup=False)
        raise typer.Exit(2) from None
    except ValueError as wrong:
        err.print(str(wrong), markup=False)
        raise typer.Exit(2) from None
    with store_needed(), Progress(console=err) as progress:
        found = asyncio.run(simulated(settings(), text, period, examples, progress))
    typer.echo(found.model_dump_json(indent=1) if json else "\n".join(account_in_words(found)))


def schedules() -> None:
    """What the clock starts: when next, in London, and how it went; exit 1 where one is missing or failed."""
    from temporalio.service import RPCError  # noqa: PLC0415 - as above

    from cli.schedules import in_words, schedules  # noqa: PLC0415 - as above

    try:
        found = asyncio.run(schedules(settings()))
    except (RPCError, RuntimeError) as away:
        err.print(f"The engine cannot be reached ({type(away).__name__}). Is Casework running?")
        raise typer.Exit(2) from None
    for line in in_words(found):
        out.print(line, markup=False)
    raise typer.Exit(int(any(not one.kept or one.failed for one in found)))


def verify(
    file: Annotated[
        Path | None, typer.Option(help="An exported timeline, checked offline", exists=True, dir_okay=False)
    ] = None,
    *,
    files: Annotated[
        bool, typer.Option("--files", help="Also read each file that was sent to us, and compare its SHA-256")
    ] = False,
) -> None:
    """Checks that no record was changed or lost and that all agree; exit 1 if not, 2 for another kind of file."""
    from cli.verify import NotAnExport, read_lines, told, verify, verify_file  # noqa: PLC0415 - as above

    if file is not None:
        try:
            found = verify_file(read_lines(file))
        except NotAnExport as other:
            err.print(str(other), markup=False)
            raise typer.Exit(2) from None
    else:
        with store_needed(), Progress(console=err) as progress:
            found = asyncio.run(verify(settings(), progress, whole_files=files))
    for line in told(found, of_a_file=file is not None):
        out.print(line, markup=False)
    raise typer.Exit(0 if found.clean else 1)
