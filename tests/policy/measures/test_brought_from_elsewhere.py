"""Of a case from another system figures say what that one told, and nothing of what it did not."""

from datetime import datetime

from policy.facts import Entry
from policy.facts.importing import CaseImported
from policy.facts.ruling import DeadlineMissed
from policy.measures.history import CaseHistory, history
from tests.given import contact, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy.measures.worked import sorted_by

MONDAY = london(2023, 10, 2)
DUE = london(2023, 10, 9, 17)
BROUGHT = london(2023, 10, 25)
FIRST_CONTACT = "contact-5-working-days"
MISSED = DeadlineMissed(at=DUE, key="first-contact", row=FIRST_CONTACT, due=DUE)


def figures(case: CaseHistory) -> dict[str, float | None]:
    told = sorted_by("kept", (case,), "row", "how")
    return {how: told[row, how] for row, how in told if row == FIRST_CONTACT}


def brought(*entries: Entry, after: tuple[Entry, ...] = ()) -> CaseHistory:
    own = CaseImported(at=BROUGHT, source="Orchard", reference="7", entries=1 + len(entries))
    told = (entry(report(MONDAY)), *entries, entry(own, h.CASEWORK), *after)
    return history(empty_file(MONDAY.date()), told, london(2023, 11, 1))


def noticed(at: datetime) -> Entry:
    return entry(MISSED, h.CASEWORK, at)


def test_what_nobody_told_is_not_known_and_not_missed() -> None:
    assert figures(brought(after=(noticed(BROUGHT),))) == {}


def test_what_was_told_counts_as_anywhere() -> None:
    assert figures(brought(entry(contact(london(2023, 10, 6))))) == {"kept": 1}
    assert figures(brought(entry(contact(london(2023, 10, 12))))) == {"late": 0}


def test_what_is_told_only_now_counts_from_then_on() -> None:
    late = entry(contact(london(2023, 10, 12)), recorded_at=london(2023, 10, 26))
    assert figures(brought(after=(noticed(BROUGHT), late))) == {"late": 0}


def test_a_miss_that_the_other_system_told_is_a_miss() -> None:
    assert figures(brought(noticed(DUE))) == {"not_done": 0}
