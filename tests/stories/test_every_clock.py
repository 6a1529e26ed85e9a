"""Every kind of clock that the policy can owe is told of in some story: one kept and one missed."""

from collections.abc import Callable, Iterator
from functools import cache

from policy.deadlines import KEYS, OF_SOMEBODY, bare_key, stem_of, without_number
from policy.ledger import Ending, Line
from policy.matters import COURSES
from policy.procedures.kinds import KINDS
from tests.stories.told import STORIES, simulated

PLAIN = KEYS | OF_SOMEBODY
ESCALATION = "escalation:"
LETTER = "letter:"
ONCE, TWICE = ESCALATION, ESCALATION * 2


@cache
def every_line() -> tuple[Line, ...]:
    return tuple(line for file in STORIES for line in simulated(file).ledger())


def kinds(so: Callable[[Line], bool]) -> set[str]:
    return {kind_of(line.deadline.key) for line in every_line() if so(line)}


def kind_of(key: str) -> str:
    """`risk-review` of `risk-review:complainant`, `promise` of `promise-7`; what went up is of no other kind."""
    bare = bare_key(key)
    if bare != key:
        return key.removesuffix(bare)
    if key.startswith(LETTER):
        return LETTER
    return key if key in KEYS else without_number(stem_of(key))


def kept(line: Line) -> bool:
    return line.ended is not None and line.ended.ending is Ending.KEPT


def missed(line: Line) -> bool:
    return line.noticed_at is not None


def stages_told() -> Iterator[tuple[str, str]]:
    for file in STORIES:
        for taken in simulated(file).taken:
            yield from ((matter.kind, matter.stage) for matter in taken.file.matters.values())


def test_every_deadline_of_a_case_is_kept_in_some_story_and_missed_in_some_story() -> None:
    assert PLAIN - kinds(kept) == set()
    assert PLAIN - kinds(missed) == set()


def test_every_kind_of_matter_falls_due_in_some_story() -> None:
    assert set(COURSES) - kinds(lambda _: True) == set()


def test_every_stage_of_every_matter_is_reached_in_some_story() -> None:
    every = {(kind, stage) for kind, course in COURSES.items() for stage in course.stages}
    assert every - set(stages_told()) == set()


def test_letters_and_what_goes_up_once_and_twice_are_kept_and_missed_in_some_story() -> None:
    assert {LETTER, ONCE, TWICE} - kinds(kept) == set()
    assert {LETTER, ONCE, TWICE} - kinds(missed) == set()


@cache
def every_line_beside() -> tuple[tuple[str, Line], ...]:
    return tuple(
        (without_number(matter), line)
        for file in STORIES
        for matter, each in simulated(file).beside.items()
        for line in each.ledger()
    )


def every_deadline_beside(so: Callable[[Line], bool]) -> set[tuple[str, str]]:
    """One that is of an agency, or of a number, has that behind its name."""
    told = {(kind, f"{line.deadline.key}-") for kind, line in every_line_beside() if so(line)}
    every = {(kind.name, key) for kind in KINDS.values() for key in kind.keys}
    found = {(of, key) for of, key in every for kind, name in told if of == kind and name.startswith(f"{key}-")}
    return every - found


def test_every_deadline_beside_a_case_is_kept_in_some_story() -> None:
    assert every_deadline_beside(kept) == set()


def test_every_deadline_beside_a_case_is_missed_in_some_story() -> None:
    assert every_deadline_beside(missed) == set()


def test_every_stage_beside_a_case_is_reached_in_some_story() -> None:
    every = {(kind.name, str(stage)) for kind in KINDS.values() for stage in kind.stages}
    reached = {
        (each.rulebook.name, str(taken.file.stage))
        for file in STORIES
        for each in simulated(file).beside.values()
        for taken in each.taken
    }
    assert every - reached == set()
