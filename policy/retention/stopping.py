"""How long a record is kept, counted from what it is, or what stops that clock. (retention)"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

from pydantic import AwareDatetime

from policy.case_file import CaseFile
from policy.case_review.review import ReviewFile
from policy.editions import Edition
from policy.editions.retention import RecordKind
from policy.facts.closing import Closing
from policy.frozen import Frozen
from policy.legal_action.periods import months_from
from policy.retention.facts import HoldReason
from policy.rows import section_of
from policy.working_days import day_in_words, london_day

ROW: Final = "retention"

HOLD_IN_WORDS: Final[dict[HoldReason, str]] = {
    HoldReason.OMBUDSMAN: "the Ombudsman looks at it",
    HoldReason.COMPLAINT: "there is a complaint about it",
    HoldReason.CLAIM: "somebody claims, or may claim, for what happened",
    HoldReason.COURT: "a court asked for it to be kept",
    HoldReason.ACCESS_REQUEST: "somebody has asked for what we hold about them",
    HoldReason.SAFEGUARDING: "somebody's safety needs it",
}

_NO_CASE: Final = frozenset({Closing.UNJUSTIFIED, Closing.NOT_USUALLY_ASB})


class Beside(Frozen):
    """What belongs together with a record and has a course of its own. `last_at` is when something was last
    recorded of it, where that counts.
    """

    ref: str
    kind: str
    finished: bool
    last_at: AwareDatetime | None = None


class Keeping(Frozen):
    """How long a record is kept. `last` is its last day, None while something stops the clock; `why` says how that
    was counted, or all that stops it.
    """

    ref: str
    kind: RecordKind
    months: int
    since: date | None
    last: date | None
    why: tuple[str, ...]
    row: str = ROW
    section: str
    edition: str
    source: str

    def over(self, today: date) -> bool:
        return self.last is not None and self.last < today


def of_case(  # noqa: PLR0913 - what keeps a case
    file: CaseFile,
    beside: Sequence[Beside],
    held: Collection[HoldReason],
    edition: Edition,
    *,
    joined_is_kept: bool = False,
    grown_up: date | None = None,
) -> Keeping:
    """`held` are the holds on all that belongs together with it. One that had joined another is kept as long as
    that one. `grown_up` is when the youngest child on it turns 18: a child's time to claim begins then.
    (Limitation Act 1980 s.28)
    """
    stops = _held(held)
    if file.closed_at is None:
        stops.append("the case is open")
    elif not file.finished:
        stops.append("something is still owed on the closed case")
    if joined_is_kept and file.joined is not None:
        stops.append(f"it had joined {file.joined.into}, which is kept still")
    stops += _not_over(beside)
    moments = [one.last_at for one in beside if one.last_at is not None]
    since = None if file.closed_at is None else london_day(max([file.closed_at, *moments]))
    if since is not None and grown_up is not None:
        since = max(since, grown_up)
    return _kept(file.ref, _kind_of(file, beside), since, stops, edition)


def _kind_of(file: CaseFile, beside: Sequence[Beside]) -> RecordKind:
    if file.legal or file.orders or any(one.kind == "legal-action" for one in beside):
        return RecordKind.CASE_IN_COURT
    return RecordKind.REPORT_WITHOUT_CASE if file.closing in _NO_CASE else RecordKind.CASE


def of_review(
    file: ReviewFile,
    last_at: AwareDatetime | None,
    beside: Sequence[Beside],
    held: Collection[HoldReason],
    edition: Edition,
) -> Keeping:
    """`beside` are the cases that it looked at, with what is carried on beside them."""
    stops = _held(held)
    if not file.finished:
        stops.append("the review is not over")
    stops += _not_over(beside)
    since = None if last_at is None else london_day(last_at)
    return _kept(file.ref, RecordKind.CASE_REVIEW, since, stops, edition)


class Known(Frozen):
    """Of a person: whether anything keeps them; `last` is the day on which a tenancy of theirs ended or something
    was last told.
    """

    id: str
    on_cases: bool
    in_tenancy: bool
    last: date | None = None


def of_person(known: Known, held: Collection[HoldReason], edition: Edition) -> Keeping:
    stops = _held(held)
    if known.on_cases:
        stops.append("they are on a case that is kept")
    if known.in_tenancy:
        stops.append("they live in a tenancy")
    return _kept(known.id, RecordKind.PERSON, known.last, stops, edition)


TOGETHER: Final = (
    RecordKind.LETTINGS_CHECK,
    RecordKind.FINDING,
    RecordKind.STAFF_NAME,
    RecordKind.LOOKING,
    RecordKind.PREVENTION_WORK,
    RecordKind.FOCUS_AREA,
    RecordKind.DISCLOSURE,
    RecordKind.EVIDENCE,
)
"""What is decided of together, once a month: each of them by itself would tell nobody anything."""


def over_together(kind: RecordKind, today: date, edition: Edition) -> str:
    """What all of that kind is called whose time was over when the month began: `lettings_check:2024-11-01`."""
    return f"{kind}:{months_from(today.replace(day=1), -edition.retention.of(kind).months)}"


def called_together(ref: str) -> tuple[RecordKind, date]:
    """The same read back. Raises ValueError."""
    kind, _, day = ref.partition(":")
    if kind not in TOGETHER:
        raise ValueError("nothing of that kind is decided of together")
    return RecordKind(kind), date.fromisoformat(day)


def of_together(
    ref: str, held: Collection[HoldReason], edition: Edition, needed_until: date | None = None
) -> Keeping:
    """What is held or still needed of one month is part of the next one's, too. Raises ValueError."""
    kind, before = called_together(ref)
    stops = _held(held)
    if needed_until is not None:
        stops.append(f"somebody needs some of this until {day_in_words(needed_until)}")
    return _kept(ref, kind, before - timedelta(days=1), stops, edition)


def _held(held: Collection[HoldReason]) -> list[str]:
    return [HOLD_IN_WORDS[reason] for reason in dict.fromkeys(held)]


def _not_over(beside: Sequence[Beside]) -> list[str]:
    return [f"{one.kind.replace('-', ' ')} {one.ref} is not over" for one in beside if not one.finished]


def _kept(ref: str, kind: RecordKind, since: date | None, stops: Sequence[str], edition: Edition) -> Keeping:
    period = edition.retention.of(kind)
    counted = (f"{period.months} months from {day_in_words(since)}: {period.after}",) if since else ()
    return Keeping(
        ref=ref,
        kind=kind,
        months=period.months,
        since=since,
        last=months_from(since, period.months) if since and not stops else None,
        why=tuple(stops) or counted or ("nothing has been recorded of it yet",),
        section=section_of(ROW),
        edition=edition.name,
        source=period.source,
    )
