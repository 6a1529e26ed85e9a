"""What happens between cases, as it comes up in the random life of one of them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.facts.consent import ConsentGiven, ConsentRefused, Purpose
from policy.facts.joining import PoliceToldWhereJoined
from policy.facts.linking import Tie
from tests.policy import happenings as h

OTHERS: Final = ("CW-2023-000002", "CW-2023-000003", "CW-2023-000001")
"""Other cases, and the case itself."""

CATEGORIES: Final = ("noise", "environmental", "violence", "no-such-category")

BUILDERS: Final[dict[str, Callable[[CaseFile, datetime, int], CaseFact]]] = {
    "case_joined": lambda _, at, pick: h.joined(at, OTHERS[pick % 3]),
    "case_separated": lambda _, at, __: h.separated(at),
    "report_joined": lambda _, at, pick: h.report_joined(
        at - timedelta(days=pick % 40),
        (CATEGORIES[pick % 4],),
        h.RACE if pick % 10 == 0 else None,
        serious=pick % 3 == 0,
    ).model_copy(update={"police_agreed": (None, True, False)[pick % 3]}),
    "police_told_where_joined": lambda _, at, pick: police_told_there(at, pick),
    "incident_separated": lambda file, at, pick: h.incident_separated(at, incident_id(file, pick), file),
    "cases_linked": lambda _, at, pick: h.linked(at, OTHERS[pick % 3], list(Tie)[pick % 5]),
    "cases_unlinked": lambda file, at, pick: h.unlinked(
        at, file.links[pick % len(file.links)] if file.links else None
    ),
}

SENSIBLE: Final[dict[str, Callable[[CaseFile, datetime], CaseFact]]] = {
    "case_joined": lambda file, at: h.joined(at, f"CW-2024-{file.seq:06d}"),
    "cases_linked": lambda file, at: h.linked(at, f"CW-2024-{file.seq:06d}"),
    "incident_separated": lambda file, at: h.incident_separated(at, f"incident-after-{file.seq}", file),
}
"""What an officer would record in earnest, of a case or incident that nothing is known of yet."""


def sensible(kind: str, file: CaseFile, at: datetime) -> list[CaseFact]:
    return [SENSIBLE[kind](file, at)]


def incident_id(file: CaseFile, pick: int) -> str:
    known = [*file.brought, *file.separated, f"incident-{pick}"]
    return known[pick % len(known)]


def from_other_cases(file: CaseFile, at: datetime) -> list[CaseFact]:
    """What may reach this case from another."""
    if file.closed_at is None and file.joined is not None:
        return [police_told_there(at, file.seq), h.closed_with(at, file.joined.into)]
    if file.at_rest:
        return []
    gone = [h.incident_separated(at, incident, file) for incident in file.brought]
    another = f"CW-2025-{file.seq:06d}"
    said = [said_there(one.from_case, at, file.seq) for one in file.brought.values()]
    return [h.report_joined(at, serious=file.seq % 2 == 0, from_case=another), *gone, *said]


def police_told_there(at: datetime, pick: int) -> CaseFact:
    then = at - timedelta(days=pick % 3)
    return PoliceToldWhereJoined(
        at=at,
        by_case="CW-2023-000009",
        told_at=then,
        matter="police-referral-4" if pick % 5 == 0 else None,
        decided_at=then if pick % 2 else None,
        taken_back=pick % 7 == 0,
    )


def said_there(ref: str, at: datetime, pick: int) -> CaseFact:
    kind = ConsentGiven if pick % 2 else ConsentRefused
    return kind(at=at, purpose=(Purpose.POLICE, Purpose.PUBLICITY)[pick % 3 % 2], words="As told.", from_case=ref)
