"""What guides tell to type, and to look for in logs, is there."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sources import modules, our_packages, parsed
from typer.core import TyperGroup
from typer.main import get_command

from cli.main import app
from store.release import StoreIs
from tests.architecture.test_operating_guides import guides

OF_OTHERS: Final = {"max_connections", "pg_dump", "pg_dumpall", "pg_stat_activity", "synchronous_standby_names"}
"""What PostgreSQL calls its own."""


def casework_commands() -> Iterator[list[str]]:
    """The words after `casework`, of code in a line and of code that stands by itself."""
    for guide in guides():
        said = guide.read_text()
        yield from map(shlex.split, re.findall(r"`casework ([a-z][^`…]*)`", said))
        for block in re.findall(r"^ *```\w*\n(.*?)^ *```$", said, re.MULTILINE | re.DOTALL):
            yield from map(shlex.split, re.findall(r"^\s*casework ([a-z][^|#>\n]*)", block, re.MULTILINE))


def not_known(words: list[str]) -> list[str]:
    """The options among them that the command does not have; its name, where there is none of it."""
    command = get_command(app)
    while isinstance(command, TyperGroup) and words:
        name, *words = words
        if name not in command.commands:
            return [name]
        command = command.commands[name]
    known = {option for one in command.params for option in one.opts}
    return [word for word in words if word.startswith("--") and word.partition("=")[0] not in known]


def test_each_command_is_one_of_casework_with_the_options_that_it_has() -> None:
    commands = list(casework_commands())
    assert len(commands) > 60
    assert [one for one in commands if not_known(one)] == []


def test_each_word_to_look_for_in_logs_is_said(repository: Path) -> None:
    runbooks = [*(repository / "docs/runbooks").glob("*.md"), repository / "docs/workers.md"]
    words = {word for one in runbooks for word in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", one.read_text())}
    assert len(words) > 15
    said = {
        node.value
        for package in our_packages(repository)
        for path in modules(repository / package)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert words - said - OF_OTHERS - {f"store_{one}" for one in StoreIs} == set()
