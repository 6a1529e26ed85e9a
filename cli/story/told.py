"""A story as it went, in order and in an officer's words: what happened, what that changed, and why."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from cli.story.happenings import UNTOLD
from cli.story.moments import length, length_in_words
from policy.audit import PATTERNS
from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines import Deadline, SetAside, clocks_set_aside, without_number
from policy.duties import SendLetter, duties
from policy.editions import of
from policy.facts import Entry, Role
from policy.facts.auditing import PatternFound
from policy.facts.letters import LetterKind
from policy.facts.ruling import DeadlineMissed
from policy.frozen import Frozen
from policy.ledger import Ending, Line
from policy.rows import section_of
from policy.simulation import Played, Taken, TurnedAway
from policy.working_days import moment_in_words

_DETAILS: Final = (
    "matter",
    "kind",
    "purpose",
    "waiting_for",
    "category",
    "seriousness",
    "exclusion",
    "advice",
    "outcome",
    "closing",
    "key",
    "means",
)
_SPACES: Final = str.maketrans("_-", "  ")


class Said(Frozen):
    """Something that happened, or that followed from it: `kind` for machines, `words` for people.
    `at` is when the case learnt of it, `quoted` what was written down with it, where the story tells that.
    """

    at: datetime
    follows: bool = False
    kind: str
    words: str
    quoted: str | None = None
    row: str | None = None
    section: str | None = None


def account(played: Played, assumed: Mapping[str, str]) -> list[Said]:
    """Everything in the order in which the case learnt it; what an entry changed follows the entry."""
    steps: list[tuple[datetime, Taken | TurnedAway]] = [(taken.at, taken) for taken in played.taken]
    steps += [(away.entry.recorded_at, away) for away in played.refused]
    told: list[Said] = []
    before = played.opening
    for _, step in sorted(steps, key=lambda step: step[0]):
        if isinstance(step, TurnedAway):
            told += _turned_away(step)
            continue
        told.append(_happened(step, assumed.get(step.entry.id)))
        told += _changes(step)
        told += _new_duties(before, step)
        told += _newly_set_aside(before, step)
        before = step.file
    return told


def _happened(taken: Taken, assumed: str | None) -> Said:
    entry = taken.entry
    if isinstance(entry.fact, DeadlineMissed):
        return _missed(taken)
    if isinstance(entry.fact, PatternFound):
        return _found(taken, entry.fact)
    words = fact_in_words(entry)
    if entry.by.role is not Role.SYSTEM:
        words += f", recorded by {entry.by.id}"
    if entry.recorded_at != entry.at:
        words += f"; it happened on {moment_in_words(entry.at)}"
    if taken.at != entry.recorded_at:
        words += f"; it was told on {moment_in_words(entry.recorded_at)} and waited for the system"
    if assumed:
        words += f" [assumed: {assumed}]"
    return Said(at=taken.at, kind=entry.fact.fact, words=words, quoted=_quoted(entry))


def _quoted(entry: Entry) -> str | None:
    told = (getattr(entry.fact, field, None) for field in ("words", "reasons"))
    return next((words for words in told if words and words != UNTOLD), None)


def _missed(taken: Taken) -> Said:
    entry = taken.entry
    deadline = next((line.deadline for line in taken.lines if line.noticed_at), None)
    if deadline is None:
        return _passed(taken)
    late = length(entry.at, entry.recorded_at)
    noticed = f"noticed {length_in_words(late)} late" if late.total_seconds() >= 60 else "noticed at once"  # noqa: PLR2004 - a minute
    return Said(
        at=taken.at,
        kind="missed",
        words=f"MISSED, {noticed}: {deadline.why}",
        row=deadline.row,
        section=deadline.section,
    )


def _found(taken: Taken, fact: PatternFound) -> Said:
    pattern = PATTERNS[fact.pattern]
    sources = " and ".join(f"{source.body}, {source.reference}" for source in pattern.taught_by)
    words = f"FOUND by the night's check, {pattern.looks_for}: {fact.sentence} (as in {sources})"
    return Said(at=taken.at, kind="found", words=words, row=fact.row, section=section_of(fact.row))


def _passed(taken: Taken) -> Said:
    """The day of somebody outside: nobody of ours is late, and the matter goes on."""
    deadline = next(line.deadline for line in taken.lines if line.ended)
    return Said(
        at=taken.at,
        kind="passed",
        words=f"THE DAY HAS PASSED: {deadline.why}",
        row=deadline.row,
        section=deadline.section,
    )


def _changes(taken: Taken) -> Iterator[Said]:
    for line in taken.lines:
        if line.noticed_at:
            continue
        kind = line.ended.ending.value if line.ended else "owed"
        yield _following(taken, kind, _change(line), line.deadline)


def _change(line: Line) -> str:
    deadline, ended = line.deadline, line.ended
    if ended is None:
        whose = "" if deadline.owed_by is Role.OFFICER else f"for the {deadline.owed_by}: "
        return f"{whose}{deadline.why}"
    due = moment_in_words(deadline.due)
    match ended.ending:
        case Ending.KEPT:
            return f"kept: {deadline.owed}, due by {due}"
        case Ending.RECORDED_LATE:
            return f"RECORDED LATE: {deadline.owed}, due by {due}; done in time, written down late"
        case Ending.LATE:
            by = length_in_words(length(deadline.due, ended.at))
            return f"LATE by {by}: {deadline.owed}, due by {due}"
        case Ending.MOVED:
            to = moment_in_words(ended.moved_to or ended.at)
            return f"moved to {to}: {deadline.owed}, which was due by {due}"
        case Ending.WITHDRAWN:
            return f"no longer owed: {deadline.owed}, which was due by {due}"


def _following(taken: Taken, kind: str, words: str, why: Deadline | SetAside | SendLetter) -> Said:
    return Said(at=taken.at, follows=True, kind=kind, words=words, row=why.row, section=why.section)


def _new_duties(before: CaseFile, taken: Taken) -> Iterator[Said]:
    known = {duty.key for duty in duties(before)}
    for duty in duties(taken.file):
        if duty.key not in known:
            words = f"the system writes the {duty.kind.called}, by {duty.means}"
            yield _following(taken, "duty", words, duty)


def _newly_set_aside(before: CaseFile, taken: Taken) -> Iterator[Said]:
    known = _set_aside(before)
    for clock in _set_aside(taken.file):
        if clock not in known:
            words = f"not counted, {_clock_in_words(clock.key)}: {clock.why}"
            yield _following(taken, "set_aside", words, clock)


def _clock_in_words(key: str) -> str:
    """`risk assessment`, `specialist help (victim 1)`, `letter (acknowledgement)`"""
    stem, *about = key.split(":")
    for_whom = [_code_in_words(one) for one in about if one != COMPLAINANT and without_number(one) != "hearing"]
    return f"{_code_in_words(stem)} ({for_whom[-1]})" if for_whom else _code_in_words(stem)


def _code_in_words(code: str) -> str:
    """A letter's code as the letter is called; any other without its marks."""
    bare = without_number(code)
    return LetterKind(bare).called if bare in set(LetterKind) else bare.translate(_SPACES)


def _set_aside(file: CaseFile) -> list[SetAside]:
    return clocks_set_aside(file, of(file.edition))


def _turned_away(away: TurnedAway) -> Iterator[Said]:
    refusal = away.refusal
    yield Said(
        at=away.entry.recorded_at,
        kind="refused",
        words=f"REFUSED: {fact_in_words(away.entry)}, by {away.entry.by.id}. {refusal.sentence}",
        row=refusal.row,
        section=refusal.section,
    )


def fact_in_words(entry: Entry) -> str:
    """`Contact made (phone)`. The matter is named where the fact's own name does not say which it is."""
    said = entry.fact.model_dump(mode="json")
    name = entry.fact.fact.replace("_", " ").capitalize()
    if without_number(said.get("matter") or "").partition("-")[0] in entry.fact.fact.split("_"):
        said["matter"] = None
    details = [_code_in_words(code) for field in _DETAILS for code in _codes(said.get(field))]
    return f"{name} ({', '.join(details)})" if details else name


def _codes(said: object) -> list[str]:
    if isinstance(said, list):
        return [str(one) for one in said]
    return [] if said is None else [str(said)]
