"""A story as it went, in order and in an officer's words: what happened, what that changed, and why."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar

from cli.story.changes import Said, changes, changes_beside, deadlines_of, is_raised, up_to
from cli.story.happenings import ALL, UNTOLD
from cli.story.moments import length, length_in_words
from cli.story.wording import fact_in_words
from policy.audit import PATTERNS
from policy.audit.base import Published
from policy.deadlines import Deadline, bare_key, without_number
from policy.facts import Recorded, Role, proceedings, referring
from policy.facts.auditing import PatternFound
from policy.facts.ruling import DeadlineMissed
from policy.file import File
from policy.procedures.kinds import KINDS
from policy.rows import section_of
from policy.simulation import Played, PlayedFile, Taken, TurnedAway
from policy.working_days import moment_in_words

F = TypeVar("F", bound=File)
E = TypeVar("E", bound=Recorded[Any])


def account(played: Played, assumed: Mapping[str, str]) -> list[Said]:
    """Everything in the order in which it was learnt; what an entry changed follows the entry. At one moment what
    happened on the case comes first, then what happened beside it, then what the case hears of that.
    """
    told = [*_of_the_case(played, assumed)]
    for matter, each in played.beside.items():
        told += _of_what_is_beside(matter, each, assumed)
    in_order = sorted(told, key=lambda group: (group.said[0].at, group.turn))
    return [said for group in in_order for said in group.said]


_OF_THE_SYSTEM: Final = frozenset({"case_told", "case_told_of_review"})
"""What is recorded beside a case for the system alone."""


class _Group(NamedTuple):
    """A heading and what follows from it."""

    turn: int
    said: list[Said]


def _of_the_case(played: Played, assumed: Mapping[str, str]) -> Iterator[_Group]:
    before = played.opening
    for step in _steps(played):
        if isinstance(step, TurnedAway):
            yield _Group(0, [_turned_away(step, fact_in_words(step.entry, before))])
            continue
        heading = _happened(step, fact_in_words(step.entry, before), deadlines_of(step.file), assumed)
        yield _Group(
            2 * isinstance(step.entry.fact, proceedings.News | referring.News), [heading, *changes(before, step)]
        )
        before = step.file


def _of_what_is_beside(matter: str, played: PlayedFile[Any, Any], assumed: Mapping[str, str]) -> Iterator[_Group]:
    """But for what the system alone needs to know of it."""
    called = KINDS[without_number(matter)].called
    for step in _steps(played):
        words = f"{called[0].upper()}{called[1:]}: {fact_in_words(step.entry, None)}"
        if isinstance(step, TurnedAway):
            yield _Group(1, [_turned_away(step, words)])
        elif step.entry.fact.fact not in _OF_THE_SYSTEM:
            heading = _happened(step, words, played.rulebook.deadlines(step.file), assumed)
            yield _Group(1, [heading, *changes_beside(step)])


def _steps(played: PlayedFile[F, E]) -> list[Taken[F, E] | TurnedAway[E]]:
    steps: list[tuple[datetime, Taken[F, E] | TurnedAway[E]]] = [(taken.at, taken) for taken in played.taken]
    steps += [(away.entry.recorded_at, away) for away in played.refused]
    return [step for _, step in sorted(steps, key=lambda step: step[0])]


def _happened(taken: Taken[Any, Any], words: str, owed: list[Deadline], assumed: Mapping[str, str]) -> Said:
    entry = taken.entry
    if isinstance(entry.fact, DeadlineMissed):
        return _missed(taken, owed)
    if isinstance(entry.fact, PatternFound):
        return _found(taken, entry.fact)
    if entry.by.role is not Role.SYSTEM:
        words += f", recorded by {entry.by.id}"
    if entry.recorded_at != entry.at:
        words += f"; it happened on {moment_in_words(entry.at)}"
    if taken.at != entry.recorded_at:
        words += f"; it was told on {moment_in_words(entry.recorded_at)} and waited for the system"
    if what := assumed.get(entry.id):
        words += " (assumed)" if what == ALL else f" (assumed: {what})"
    return Said(at=taken.at, kind=entry.fact.fact, words=words, quoted=_quoted(entry))


def _quoted(entry: Recorded[Any]) -> str | None:
    told = (getattr(entry.fact, field, None) for field in ("words", "reasons"))
    return next((words for words in told if words and words != UNTOLD), None)


def _missed(taken: Taken[Any, Any], open_ones: list[Deadline]) -> Said:
    entry = taken.entry
    deadline = next((line.deadline for line in taken.lines if line.noticed_at), None)
    if deadline is None:
        return _passed(taken)
    owed = next(d.owed for d in open_ones if d.key == bare_key(deadline.key))
    whose = "" if deadline.owed_by is Role.OFFICER else f" by the {deadline.owed_by}"
    words = f"MISSED{whose}{' too' if is_raised(deadline) else ''}"
    late = length(entry.at, entry.recorded_at)
    if late.total_seconds() >= 60:  # noqa: PLR2004 - a minute
        words += f", noticed {length_in_words(late)} late"
    return Said(
        at=taken.at,
        kind="missed",
        words=f"{words}: {owed}, due by {moment_in_words(deadline.due)}",
        row=deadline.row,
        section=deadline.section,
    )


def _found(taken: Taken[Any, Any], fact: PatternFound) -> Said:
    words = f"FOUND by the night's check: {fact.sentence} {_taught(PATTERNS[fact.pattern].taught_by)}"
    return Said(at=taken.at, kind="found", words=words, row=fact.row, section=section_of(fact.row))


def _taught(sources: tuple[Published, ...]) -> str:
    """The references of published decisions are numbers, which say nothing by themselves."""
    named = [f"{one.body}, {'case ' if one.reference[0].isdigit() else ''}{one.reference}" for one in sources]
    return f"(Learnt from published cases: {'; '.join(named)}.)"


def _passed(taken: Taken[Any, Any]) -> Said:
    """The day of somebody outside: nobody of ours is late, and the matter goes on."""
    deadline = next(line.deadline for line in taken.lines if line.ended)
    return Said(
        at=taken.at,
        kind="passed",
        words=f"THE DAY HAS PASSED: {up_to(deadline)}",
        row=deadline.row,
        section=deadline.section,
    )


def _turned_away(away: TurnedAway[Any], words: str) -> Said:
    refusal = away.refusal
    return Said(
        at=away.entry.recorded_at,
        kind="refused",
        words=f"REFUSED, “{words}”, by {away.entry.by.id}: {refusal.sentence}",
        row=refusal.row,
        section=refusal.section,
    )
