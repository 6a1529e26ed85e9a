"""What each command begins with: where it speaks, its settings, and a sentence where the records are away."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console

from cli.ending import failed
from runtime import logs
from runtime.settings import Settings
from store.away import StoreAway

out: Final = Console(soft_wrap=True, highlight=False)
err: Final = Console(stderr=True, soft_wrap=True, highlight=False)


def settings() -> Settings:
    """Exits with the names of what is missing."""
    try:
        wanted = Settings()
    except SettingsError as error:
        err.print(f"CASEWORK_…: {error}")
        raise typer.Exit(2) from None
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"]).upper()
            err.print(f"CASEWORK_{name}: {problem['msg'].removeprefix('Value error, ')}", markup=False)
        err.print("Set it in the environment, or start `casework run` here first.")
        raise typer.Exit(2) from None
    logs.configure(wanted)
    sys.excepthook = failed
    return wanted


@contextmanager
def loading() -> Iterator[None]:
    """What a long process loads stays until its end: it is not looked through for rubbish, now or later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def store_needed() -> Iterator[None]:
    """Exits with a sentence when PostgreSQL is not there."""
    try:
        yield
    except StoreAway as away:
        err.print(f"The records cannot be reached ({away}). Is Casework running? Start it with `make run`.")
        raise typer.Exit(1) from None
