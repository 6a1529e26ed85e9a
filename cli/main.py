"""The `casework` command."""

import asyncio
import sys
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.progress import Progress

from cli import deploy, moving, records
from cli.beginning import err, loading, out, settings, store_needed
from cli.ending import end
from runtime import logs, tokens
from runtime.settings import HOME

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


class As(StrEnum):
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    COMMUNITY_SAFETY = "community_safety"
    SOLICITOR = "solicitor"
    DATA_PROTECTION = "data_protection"
    LETTINGS = "lettings"
    OPS = "ops"


@app.command()
def run() -> None:
    """Everything on this machine: servers, worker, relay, API and mailbox, until Ctrl-C."""
    from cli.run import CannotRun, run  # noqa: PLC0415 - the embedded servers are an extra

    logs.configure_for_console()
    try:
        asyncio.run(run())
    except CannotRun as reason:
        err.print(str(reason))
        raise typer.Exit(1) from None


@app.command()
def api() -> None:
    """The API and the pages. Any number may run beside each other."""
    with loading():
        from api.serving import ApiServer  # noqa: PLC0415 - a door loads what it needs and no more
        from pages.app import with_pages  # noqa: PLC0415 - as above

    ApiServer(settings(), with_pages).run()


@app.command()
def worker(
    only: Annotated[
        str | None, typer.Option(help="Of `cases,letters,reports,bulk`: what others do is left to them")
    ] = None,
) -> None:
    """A worker: carries on cases. Any number may run beside each other."""
    with loading():
        from workers.labour import work  # noqa: PLC0415 - as for api
        from workers.worker import TextMessagesSecretMissing  # noqa: PLC0415 - as for api
        from workflows.work import Work  # noqa: PLC0415 - as for api

    try:
        kinds = {Work(one.strip()) for one in only.split(",")} if only else set(Work)
    except ValueError as unknown:
        raise typer.BadParameter(f"{unknown}. There are: {', '.join(Work)}") from None
    try:
        asyncio.run(work(settings(), kinds))
    except TextMessagesSecretMissing as missing:
        err.print(str(missing), markup=False)
        raise typer.Exit(2) from None


@app.command()
def relay() -> None:
    """Opens cases for reports that were taken while the engine was away."""
    with loading():
        from workers.labour import relay  # noqa: PLC0415 - as for api

    asyncio.run(relay(settings()))


@app.command()
def migrate() -> None:
    """Brings database, search attributes and schedules to this version."""
    from cli.migrate import DatabaseIsNewer, MigrationUrlMissing, TableInUse, migrate  # noqa: PLC0415 - as for api

    try:
        migrate(settings())
    except (MigrationUrlMissing, DatabaseIsNewer) as refused:
        err.print(str(refused), markup=False)
        raise typer.Exit(2) from None
    except TableInUse as in_use:
        err.print(str(in_use), markup=False)
        raise typer.Exit(1) from None


@app.command()
def token(
    as_: Annotated[As, typer.Option("--as", help="The role")],
    name: Annotated[str | None, typer.Option(help="Who it is for; officer-1 and the like when left out")] = None,
    hours: Annotated[int, typer.Option(min=1, max=24 * 31, help="How long it is valid")] = 12,
    team: Annotated[list[str] | None, typer.Option(help="A team of theirs; as often as they have teams")] = None,
) -> None:
    """Prints a signed access token."""
    wanted = settings()
    out.print(tokens.issue(wanted, name or f"{as_}-1", as_, timedelta(hours=hours), team or ()))


@app.command()
def sign_out(subject: Annotated[str, typer.Argument(help="As `/api/me` gives it: `id`")]) -> None:
    """Ends every sign-in of that person at once."""
    from cli.sign_out import sign_out  # noqa: PLC0415 - as for api

    with store_needed():
        count = asyncio.run(sign_out(settings(), subject))
    out.print("No sign-in was open." if count == 0 else f"Ended: {count}.")


@app.command()
def has_left(subject: Annotated[str, typer.Argument(help="As `/api/me` gives it: `id`")]) -> None:
    """That person works here no more: signed out, and given no case; exit 1 where nobody signed in so."""
    from cli.sign_out import has_left  # noqa: PLC0415 - as for api

    with store_needed():
        if not asyncio.run(has_left(settings(), subject)):
            err.print("Nobody has ever signed in under that id.")
            raise typer.Exit(1)
    out.print("They have left. If they sign in again, they work here again.")


@app.command()
def bounce() -> None:
    """Reads from a mail server's pipe that a letter came back; exit 65 where it is not ours, 75 for "later"."""
    from cli.bounce import piped  # noqa: PLC0415 - as for api

    raise typer.Exit(piped(settings(), sys.stdin.buffer))


@app.command(hidden=True)
def personas() -> None:
    """Made-up people to sign in as, on a machine on its own."""
    from runtime.embedded.personas import NotAlone, serve  # noqa: PLC0415 - as for api

    try:
        serve(settings())
    except NotAlone as reason:
        err.print(str(reason))
        raise typer.Exit(2) from None


@app.command()
def demonstrate(
    cases: Annotated[int, typer.Option(min=1, max=5000, help="How many")] = 60,
    seed: Annotated[int, typer.Option(help="The same tells of the same people on the same day")] = 1,
) -> None:
    """Fills what runs on this machine with invented cases; exit 1 where a step is not taken, 2 elsewhere."""
    from cli.demonstration.command import NotHere, NotTaken, demonstrate  # noqa: PLC0415 - as for api

    try:
        with Progress(console=err) as progress:
            told = progress.add_task("Cases", total=cases)
            refs = asyncio.run(demonstrate(settings(), cases, seed, lambda: progress.advance(told), HOME / "mail"))
    except (NotHere, NotTaken) as reason:
        err.print(str(reason), markup=False)
        raise typer.Exit(2 if isinstance(reason, NotHere) else 1) from None
    out.print(f"{len(refs)} cases, from {min(refs)} to {max(refs)}. Sign in to look at them.")


@app.command(context_settings={"ignore_unknown_options": True})
def mailbox(
    number: Annotated[
        int | None, typer.Argument(help="Which to print; -1 is the newest; all are listed when left out")
    ] = None,
) -> None:
    """Lists the mail that `casework run` has caught, or prints one; exit 1 where there is none of that number."""
    from cli.mailbox import NoSuchMail, shown  # noqa: PLC0415 - the embedded servers are an extra

    try:
        out.print(shown(HOME / "mail", number), markup=False)
    except NoSuchMail as none:
        err.print(str(none))
        raise typer.Exit(1) from None


@app.command()
def story(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Stories (YAML); a folder, or nothing, lists the stories there")
    ] = None,
    *,
    live: Annotated[
        bool, typer.Option("--live", help="Through real workflows on a server that skips time")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines")] = False,
) -> None:
    """Plays stories through the policy; exit 1 when one does not go as it expects, 2 when it cannot be played."""
    from cli.story.command import NoTimeSkipper, listed, tell_stories  # noqa: PLC0415 - as for api

    logs.configure_for_console()
    folders = [each for each in files if each.is_dir()] if files else [Path("stories")]
    try:
        if files and not folders:
            told, code = tell_stories(files, live=live, as_json=json)
        else:
            told, code = "\n".join(map(listed, folders)), 0
    except NoTimeSkipper as missing:
        told, code = str(missing), 2
    except OSError as unreadable:
        told, code = f"{unreadable.filename} cannot be read: {unreadable.strerror}.", 2
    typer.echo(told, err=code == 2)  # noqa: PLR2004 - the exit code that is named above
    raise typer.Exit(code)


@app.command()
def refresh(
    wait: Annotated[int, typer.Option(min=0, help="Seconds until it ends without all of it being done")] = 600,
) -> None:
    """After the active key has changed: has all that runs written anew under it; exit 1 when some is not yet."""
    from cli.refresh import refresh  # noqa: PLC0415 - as for api

    with Progress(console=err) as progress:
        done = asyncio.run(refresh(settings(), progress, wait))
    out.print(f"{done.running - len(done.behind)} of {done.running} that run are under the active key.")
    for id_ in done.behind:
        out.print(f"  not yet: {id_}", markup=False)
    if done.behind:
        out.print(
            "Each of them waits for a letter or a referral that is on its way, or no worker serves it, or workers"
            " still write under the older key.\nKeep the older key, and run this again later."
        )
    raise typer.Exit(1 if done.behind else 0)


for _command in (
    records.audit,
    records.focus_areas,
    records.measures,
    records.rebuild,
    records.reconcile,
    records.report,
    records.schedules,
    records.simulate,
    records.verify,
):
    app.command()(_command)
app.command("import")(moving.import_)
app.command()(moving.export)
app.add_typer(deploy.app, name="deploy")


def main() -> NoReturn:
    """Ends without tearing the interpreter down: threads of the engine's client may still be in it, and then about
    one short command in ten, having done its work, ends with 139. (temporalio/sdk-python, issue 300)
    """
    try:
        app()
    except SystemExit as ended:
        end(ended.code if isinstance(ended.code, int) else int(ended.code is not None))
    end(0)


if __name__ == "__main__":
    main()
