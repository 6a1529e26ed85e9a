"""What an entry changed: what is owed from then on, what came of what was owed, and what is set aside."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from cli.story.moments import length, length_in_words
from cli.story.wording import code_in_words
from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines import Deadline, SetAside, bare_key, clocks_set_aside, deadlines, without_number
from policy.duties import SendLetter, duties
from policy.editions import of
from policy.facts import Entry, Role
from policy.facts.auditing import PatternFound
from policy.facts.matters import MatterKind
from policy.facts.proceedings import Heard, LegalActionTold
from policy.facts.reporting import IncidentReported
from policy.facts.ruling import DeadlineMissed
from policy.frozen import Frozen
from policy.ledger import Ended, Ending, Line
from policy.simulation import Taken
from policy.working_days import Due, in_words, moment_in_words

_LETTERS: Final = "letter"
_CLOCKS: Final = {
    "police-advice": "advice to ring the police",
    "police-consent": "asking about the police",
    "safety": "getting them away from the problem",
}
"""What is set aside, where its key does not say it."""


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


def changes(before: CaseFile, taken: Taken[CaseFile, Entry]) -> list[Said]:
    set_aside = _newly_set_aside(before, taken.file)
    changed = [*_lines(taken, set_aside), *_new_letters(before, taken)]
    changed += [_following(taken, "set_aside", _not_owed(clock), clock) for clock in set_aside.values()]
    return changed or list(_still(taken))


def changes_beside(taken: Taken[Any, Any]) -> list[Said]:
    """The same of what is carried on beside the case."""
    return list(_lines(taken, {}))


def up_to(deadline: Deadline) -> str:
    return f"{deadline.owed}, due by {moment_in_words(deadline.due)}"


def is_raised(deadline: Deadline) -> bool:
    """It went up to somebody, since another deadline was missed."""
    return bare_key(deadline.key) != deadline.key


def _lines(taken: Taken[Any, Any], set_aside: dict[str, SetAside]) -> Iterator[Said]:
    """A reason for which something is owed no more is told with it, and not once more as set aside."""
    ended = {line.deadline.key for line in taken.lines if line.ended}
    for line in taken.lines:
        deadline = line.deadline
        if (
            (line.noticed_at and line.ended is None)
            or _told_elsewhere(line, ended, taken)
            or _goes_without_saying(line, taken)
        ):
            continue
        if line.ended is None:
            yield _following(taken, "owed", _owed(deadline, taken), deadline)
            continue
        words = _ended(deadline, line.ended)
        if line.ended.ending is Ending.WITHDRAWN and (clock := set_aside.pop(deadline.key, None)):
            words += f": {clock.why}"
        if raised := [other.deadline for other in taken.lines if _went_up(deadline, other)]:
            words += f"; it had gone up to the {max(raised, key=lambda d: len(d.key)).owed_by}"
        yield _following(taken, line.ended.ending.value, words, deadline)


def _goes_without_saying(line: Line, taken: Taken[Any, Any]) -> bool:
    """With each news from beside the case, that somebody would ask where none came."""
    fact = taken.entry.fact
    is_news = isinstance(fact, Heard | LegalActionTold) and line.deadline.key == fact.matter
    return is_news and (line.ended is None or line.ended.ending is not Ending.LATE)


def _went_up(deadline: Deadline, other: Line) -> bool:
    key = other.deadline.key
    return other.ended is not None and key != deadline.key and bare_key(key) == deadline.key


def _told_elsewhere(line: Line, ended: set[str], taken: Taken[Any, Any]) -> bool:
    """With the deadline that was missed, or as the day of somebody outside that has passed."""
    if line.ended is None:
        return False
    fact = taken.entry.fact
    passed = isinstance(fact, DeadlineMissed) and fact.key == line.deadline.key
    return passed or (is_raised(line.deadline) and bare_key(line.deadline.key) in ended)


def _owed(deadline: Deadline, taken: Taken[Any, Any]) -> str:
    due = Due(moment=deadline.due, counted=deadline.counted)
    by = f"by {moment_in_words(deadline.due)}: {in_words(due)}"
    if is_raised(deadline):
        return f"goes up to the {deadline.owed_by}, who sees to it {by}"
    if isinstance(taken.entry.fact, PatternFound):
        return f"to be looked into {by}"
    whose = "" if deadline.owed_by is Role.OFFICER else f"for the {deadline.owed_by}: "
    return f"{whose}{deadline.owed}, {by}"


def _ended(deadline: Deadline, ended: Ended) -> str:
    was_due = up_to(deadline)
    match ended.ending:
        case Ending.KEPT:
            return f"kept: {was_due}"
        case Ending.RECORDED_LATE:
            return f"RECORDED LATE: {was_due}; done in time, written down late"
        case Ending.LATE:
            return f"LATE by {length_in_words(length(deadline.due, ended.at))}: {was_due}"
        case Ending.MISSED:
            return f"can no longer be done: {was_due}"
        case Ending.MOVED:
            return f"moved to {moment_in_words(ended.moved_to or ended.at)}: {was_due} before"
        case Ending.WITHDRAWN:
            missed = deadline.noticed and deadline.ours
            return f"{'was missed, and is no longer owed' if missed else 'no longer owed'}: {was_due}"


def _new_letters(before: CaseFile, taken: Taken[CaseFile, Entry]) -> Iterator[Said]:
    known = {duty.key for duty in duties(before)}
    for duty in duties(taken.file):
        if isinstance(duty, SendLetter) and duty.key not in known:
            means = "e-mail" if duty.means == "email" else duty.means
            yield _following(taken, "duty", f"the system writes the {duty.kind.called}, by {means}", duty)


def _newly_set_aside(before: CaseFile, after: CaseFile) -> dict[str, SetAside]:
    known = _set_aside(before)
    return {clock.key: clock for clock in _set_aside(after) if clock not in known}


def _set_aside(file: CaseFile) -> list[SetAside]:
    return clocks_set_aside(file, of(file.edition))


def _not_owed(clock: SetAside) -> str:
    """`no letters: ...`, `no acknowledgement: ...`, `not owed now, risk assessment (victim): ...`"""
    stem, *about = clock.key.split(":")
    if stem.startswith(_LETTERS):
        return f"no {code_in_words(about[-1] if about else stem)}: {clock.why}"
    for_whom = [code_in_words(one) for one in about if one != COMPLAINANT and without_number(one) != "hearing"]
    called = _CLOCKS.get(stem) or code_in_words(stem)
    return f"not owed now, {called}{f' ({for_whom[-1]})' if for_whom else ''}: {clock.why}"


def _still(taken: Taken[CaseFile, Entry]) -> Iterator[Said]:
    """Nothing changed, which does not mean that nothing is owed."""
    if taken.entry.by.role is Role.SYSTEM:
        return
    owed = [one for one in deadlines_of(taken.file) if one.ours and not is_raised(one)]
    if late := list(_late([one for one in owed if one.noticed])):
        yield Said(at=taken.at, follows=True, kind="still", words=f"still late: {'; '.join(late)}")
    elif owed and isinstance(taken.entry.fact, IncidentReported):
        yield Said(at=taken.at, follows=True, kind="still", words=f"still owed: {up_to(owed[0])}")


def _late(owed: list[Deadline]) -> Iterator[str]:
    findings = [one for one in owed if without_number(one.key) == MatterKind.FINDING]
    yield from (one.owed for one in owed if one not in findings)
    if findings:
        yield f"an answer to what the night's check found ({len(findings)})"


def deadlines_of(file: CaseFile) -> list[Deadline]:
    return deadlines(file, of(file.edition))


def _following(taken: Taken[Any, Any], kind: str, words: str, why: Deadline | SetAside | SendLetter) -> Said:
    return Said(at=taken.at, follows=True, kind=kind, words=words, row=why.row, section=why.section)
