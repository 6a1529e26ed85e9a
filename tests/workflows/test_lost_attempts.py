"""The engine may begin an attempt whose message reaches no worker: another follows within two minutes."""

import ast
import asyncio
import importlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from temporalio.testing import ActivityEnvironment

import workflows
from activities import beating
from activities.counting import Counting
from activities.packing import Packer
from activities.reporting import Reporter
from activities.retention import Keeper
from activities.trying_editions import Simulator

FOLDER = Path(workflows.__file__).parent
AT_MOST = timedelta(minutes=2)
BEATS = {Counting.count_some, Packer.make, Reporter.make, Keeper.propose, Keeper.erase}
"""Besides a simulation, whose beats say how far it is."""


def attempts() -> Iterator[tuple[ModuleType, dict[str, ast.expr], ast.expr]]:
    """Each activity that a workflow asks for: where, its options, and its function."""
    for path in sorted(FOLDER.glob("*.py")):
        module = importlib.import_module(f"workflows.{path.stem}")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("_activity_method"):
                yield module, {one.arg or "": one.value for one in node.keywords}, node.args[0]


def valued(module: ModuleType, said: ast.expr) -> Any:
    return eval(ast.unparse(said), vars(module))  # noqa: S307 - our own source


def test_no_attempt_is_waited_for_longer_unless_it_says_that_it_goes_on() -> None:
    beats = set()
    for module, options, function in attempts():
        if (
            ast.unparse(function) == Reporter.send.__qualname__
        ):  # beside one that still sends another leaves mail in doubt
            continue
        patience = options.get("heartbeat_timeout") or options["start_to_close_timeout"]
        assert valued(module, patience) <= AT_MOST, f"{module.__name__}: {ast.unparse(function)}"
        if "heartbeat_timeout" in options:
            names = ast.unparse(function)
            beats |= {one for one in (*BEATS, Simulator.simulate) if one.__qualname__ in names}
    assert beats == BEATS | {Simulator.simulate}


async def test_it_says_so_all_the_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beating, "_BEAT_SECONDS", 0.01)
    told = asyncio.Event()

    @beating.beating
    async def work(words: str) -> str:
        await told.wait()
        return words

    engine = ActivityEnvironment()
    engine.on_heartbeat = lambda *_: told.set()
    async with asyncio.timeout(60):
        assert await engine.run(work, "Done.") == "Done."
    assert await work("Without an engine, where it is told already.")


@pytest.mark.parametrize("work", sorted(BEATS, key=lambda one: one.__qualname__))
def test_each_of_them_beats(work: Any) -> None:
    """What `beating` makes of a function always has the same code."""
    assert work.__code__ is beating.beating(work).__code__
