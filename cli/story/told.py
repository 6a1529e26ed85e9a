"""A story as it went, in order and in an officer's words: what happened, what that changed, and why."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from cli.story.changes import Said, changes, deadlines_of, is_raised, up_to
from cli.story.happenings import ALL, UNTOLD
from cli.story.headings import fact_in_words
from cli.story.moments import length, length_in_words
from policy.audit import PATTERNS
from policy.audit.base import Published
from policy.case_file import CaseFile
from policy.deadlines import bare_key
from policy.facts import Entry, Role
from policy.facts.auditing import PatternFound
from policy.facts.ruling import DeadlineMissed
from policy.rows import section_of
from policy.simulation import Played, Taken, TurnedAway
from policy.working_days import moment_in_words


def account(played: Played, assumed: Mapping[str, str]) -> list[Said]:
    """Everything in the order in which the case learnt it; what an entry changed follows the entry."""
    steps: list[tuple[datetime, Taken | TurnedAway]] = [(taken.at, taken) for taken in played.taken]
    steps += [(away.entry.recorded_at, away) for away in played.refused]
    told: list[Said] = []
    before = played.opening
    for _, step in sorted(steps, key=lambda step: step[0]):
        if isinstance(step, TurnedAway):
            told += _turned_away(step, before)
            continue
        told.append(_happened(step, before, assumed.get(step.entry.id)))
        told += changes(before, step)
        before = step.file
    return told


def _happened(taken: Taken, before: CaseFile, assumed: str | None) -> Said:
    entry = taken.entry
    if isinstance(entry.fact, DeadlineMissed):
        return _missed(taken)
    if isinstance(entry.fact, PatternFound):
        return _found(taken, entry.fact)
    words = fact_in_words(entry, before)
    if entry.by.role is not Role.SYSTEM:
        words += f", recorded by {entry.by.id}"
    if entry.recorded_at != entry.at:
        words += f"; it happened on {moment_in_words(entry.at)}"
    if taken.at != entry.recorded_at:
        words += f"; it was told on {moment_in_words(entry.recorded_at)} and waited for the system"
    if assumed:
        words += " (assumed)" if assumed == ALL else f" (assumed: {assumed})"
    return Said(at=taken.at, kind=entry.fact.fact, words=words, quoted=_quoted(entry))


def _quoted(entry: Entry) -> str | None:
    told = (getattr(entry.fact, field, None) for field in ("words", "reasons"))
    return next((words for words in told if words and words != UNTOLD), None)


def _missed(taken: Taken) -> Said:
    entry = taken.entry
    deadline = next((line.deadline for line in taken.lines if line.noticed_at), None)
    if deadline is None:
        return _passed(taken)
    owed = next(d.owed for d in deadlines_of(taken.file) if d.key == bare_key(deadline.key))
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


def _found(taken: Taken, fact: PatternFound) -> Said:
    words = f"FOUND by the night's check: {fact.sentence} {_taught(PATTERNS[fact.pattern].taught_by)}"
    return Said(at=taken.at, kind="found", words=words, row=fact.row, section=section_of(fact.row))


def _taught(sources: tuple[Published, ...]) -> str:
    """The references of published decisions are numbers, which say nothing by themselves."""
    named = [f"{one.body}, {'case ' if one.reference[0].isdigit() else ''}{one.reference}" for one in sources]
    return f"(Learnt from published cases: {'; '.join(named)}.)"


def _passed(taken: Taken) -> Said:
    """The day of somebody outside: nobody of ours is late, and the matter goes on."""
    deadline = next(line.deadline for line in taken.lines if line.ended)
    return Said(
        at=taken.at,
        kind="passed",
        words=f"THE DAY HAS PASSED: {up_to(deadline)}",
        row=deadline.row,
        section=deadline.section,
    )


def _turned_away(away: TurnedAway, before: CaseFile) -> Iterator[Said]:
    refusal = away.refusal
    yield Said(
        at=away.entry.recorded_at,
        kind="refused",
        words=f"REFUSED, “{fact_in_words(away.entry, before)}”, by {away.entry.by.id}: {refusal.sentence}",
        row=refusal.row,
        section=refusal.section,
    )
