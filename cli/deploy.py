"""`casework deploy …`: from one build of the workers to another, forward or back. (docs/runbooks/deploy.md)"""

import asyncio
from collections.abc import Coroutine
from typing import Annotated, Final, TypeVar

import typer
from rich.progress import Progress
from temporalio.service import RPCError

from cli.beginning import err, out, settings

app = typer.Typer(no_args_is_help=True, help="From one build of the workers to another.")

_NAMED: Final = 20
T = TypeVar("T")

Id = Annotated[str, typer.Argument(metavar="BUILD", help="As its workers' CASEWORK_BUILD_ID has it")]
Wait = Annotated[int, typer.Option(min=0, help="Seconds until it ends without all of it being done")]


@app.command("list")
def list_() -> None:
    """The builds that the engine knows, and what runs on each."""
    from cli.builds import Builds, in_words  # noqa: PLC0415 - a door loads what it needs and no more

    async def told() -> list[str]:
        return in_words(await (await Builds.of(settings())).listed())

    for line in _asked(told()):
        out.print(line, markup=False)


@app.command()
def to(build: Id, wait: Wait = 3600) -> None:
    """Makes a build current and has all that runs go on there, forward or back; exit 1 when some is not yet."""
    from cli.builds import Builds  # noqa: PLC0415 - as above

    async def gone() -> list[str]:
        with Progress(console=err) as progress:
            return await (await Builds.of(settings())).go_to(build, progress, wait)

    _said(_asked(gone()), f"All that runs is on {build}.")


@app.command()
def drained(build: Id, wait: Wait = 0) -> None:
    """Whether workers of a build may be stopped; exit 1 where something is still with it."""
    from cli.builds import Builds  # noqa: PLC0415 - as above

    async def may_end() -> bool:
        return await (await Builds.of(settings())).may_end(build, wait)

    if not _asked(may_end()):
        out.print(f"No: something may still be with {build}, or it is current.", markup=False)
        raise typer.Exit(1)
    out.print(f"Yes: nothing is with {build}.", markup=False)


@app.command()
def free(build: Id, wait: Wait = 600) -> None:
    """What is still with a build that has no workers any more goes on under the current one; exit 1 when some
    does not yet.
    """
    from cli.builds import Builds  # noqa: PLC0415 - as above

    async def freed() -> list[str]:
        with Progress(console=err) as progress:
            return await (await Builds.of(settings())).free(build, progress, wait)

    _said(_asked(freed()), f"Nothing is with {build} any more.")


def _asked(doing: Coroutine[object, object, T]) -> T:
    from cli.builds import NotPossible  # noqa: PLC0415 - as above

    try:
        return asyncio.run(doing)
    except (NotPossible, RPCError, RuntimeError) as reason:
        err.print(str(reason), markup=False)
        raise typer.Exit(2) from None


def _said(left: list[str], done: str) -> None:
    if not left:
        out.print(done, markup=False)
        return
    for id_ in left[:_NAMED]:
        out.print(f"  not yet: {id_}", markup=False)
    out.print(
        "Each of them waits for a letter or a referral that is on its way, or is made in the background and ends\n"
        "by itself, or no worker of its build serves it. Run this again later."
    )
    raise typer.Exit(1)
