"""No permission can be taken away without a test that fails: each line is taken out in turn, and what states the
tables once more is run on what is left.
"""

from collections.abc import Callable, Iterator
from functools import partial
from inspect import getmembers, isfunction
from itertools import product
from types import ModuleType
from typing import Any

import pytest

from policy.facts.base import Role
from policy.permissions import MAY, Action, Relation
from tests.policy import test_permission_actions as of_actions
from tests.policy import test_permission_lines as of_lines

Check = Callable[[], None]


def checks_of(module: ModuleType) -> list[Check]:
    return [one for name, made in getmembers(module, isfunction) if name.startswith("test_") for one in each(made)]


def each(test: Callable[..., None]) -> Iterator[Check]:
    """As pytest calls it: once for every combination of its parameters."""
    marks = [mark.args for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    names = [name for name, _ in marks]
    for values in product(*(values for _, values in marks)):
        yield partial(test, **dict(zip(names, values, strict=True)))


def some_fail(tests: list[Check]) -> bool:
    """What fails first is tried first the next time."""
    for place, test in enumerate(tests):
        try:
            test()
        except AssertionError:
            tests.insert(0, tests.pop(place))
            return True
    return False


LINES: list[tuple[Action, Role, Relation]] = [
    (action, role, relation) for action, who in MAY.items() for role, where in who.items() for relation in where
]


def test_every_line_of_what_may_be_done_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    tests = checks_of(of_actions)
    assert len(LINES) > 200
    assert not some_fail(tests)
    unmissed = []
    for action, role, relation in LINES:
        with monkeypatch.context() as without:
            without.setitem(MAY, action, MAY[action] | {role: MAY[action][role] - {relation}})
            if not some_fail(tests):
                unmissed.append((action, role, relation))
    assert unmissed == []


def test_every_permission_too_many_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    tests = checks_of(of_actions)
    unfound = []
    for action, role, relation in product(Action, Role, Relation):
        where = MAY[action].get(role, frozenset())
        if relation in where:
            continue
        with monkeypatch.context() as more:
            more.setitem(MAY, action, MAY[action] | {role: where | {relation}})
            if not some_fail(tests):
                unfound.append((action, role, relation))
    assert unfound == []


@pytest.mark.parametrize("table", list(of_lines.TABLES))
def test_every_role_of_every_fact_is_missed_and_none_is_too_many(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: dict[str, Any] = of_lines.TABLES[table]
    tests = checks_of(of_lines)
    assert not some_fail(tests)
    for fact, role in product(tuple(lines), Role):
        with monkeypatch.context() as changed:
            changed.setitem(lines, fact, lines[fact] ^ {role})
            assert some_fail(tests), (table, fact, role)
