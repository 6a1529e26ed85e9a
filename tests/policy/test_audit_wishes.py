"""What the night's check leaves alone: contact that nobody wants, what is not pursued, and a case that is part of
another.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from policy.facts import CaseFact, Entry
from policy.facts.auditing import PatternName
from policy.facts.contact import ContactMade
from policy.facts.people import Means, Person
from policy.facts.promising import Chased
from policy.facts.wishing import AnonymityWished, ComplaintWithdrawn, ContactDeclined, ContactWanted
from policy.refusals import CaseIsJoined
from tests.given import assessed, case_of, contact, entry, london
from tests.policy import happenings as h
from tests.policy.nights import BY_PHONE, MONDAY, findings, nights_of, played, reported
from tests.policy.random_safety import kept_safe

DAY = timedelta(days=1)


def declined(at: datetime) -> ContactDeclined:
    return ContactDeclined(at=at, words="Please leave me alone.")


def withdrawn(at: datetime) -> ComplaintWithdrawn:
    return ComplaintWithdrawn(at=at, words="I do not want to go on.")


def wanted(at: datetime) -> ContactWanted:
    return ContactWanted(at=at, words="Please ring me after all.")


def chased(days: int) -> Chased:
    return Chased(at=MONDAY + days * DAY, words="Nobody rang me.")


def written(days: int) -> ContactMade:
    return ContactMade(at=MONDAY + days * DAY, means=Means.EMAIL, words="Told.")


LATE_TWICE = [contact(MONDAY + DAY, every=5), contact(MONDAY + 10 * DAY)]
PROPOSED = [
    reported(category="violence"),
    contact(MONDAY),
    h.police_advice(MONDAY),
    h.appointment(MONDAY),
    assessed(MONDAY, serious=True),
    h.review(MONDAY),
    h.not_told(MONDAY),
    h.discussed(MONDAY),
    *kept_safe(MONDAY),
    h.proposal(MONDAY + DAY),
]

ABOUT_CONTACT = {
    PatternName.FIRST_CONTACT_LATE: ([reported()], london(2024, 6, 12)),
    PatternName.HAD_TO_CHASE: ([reported(), *map(chased, (1, 2, 3))], london(2024, 6, 6, 12)),
    PatternName.SILENCE: ([reported(), contact(MONDAY + DAY)], london(2024, 7, 15)),
    PatternName.IRREGULAR_CONTACT: ([reported(), *LATE_TWICE], london(2024, 6, 20, 18)),
    PatternName.CONTACT_PREFERENCE_NOT_KEPT: (
        [reported(complainant=BY_PHONE), written(1), written(8)],
        london(2024, 6, 11, 12),
    ),
    PatternName.CLOSURE_NOT_TOLD: (PROPOSED, london(2024, 6, 8, 12)),
}
"""What happens until just before the night on which it is found."""


@pytest.mark.parametrize(("name", "life"), ABOUT_CONTACT.items(), ids=list(ABOUT_CONTACT))
def test_who_wants_no_contact_misses_none(name: PatternName, life: tuple[Sequence[CaseFact], datetime]) -> None:
    facts, evening = life
    until = evening + 60 * DAY
    assert nights_of(name, played(*facts, until=until))[0] == (evening + DAY).date()
    assert nights_of(name, played(*facts, declined(evening), until=until)) == []


def test_who_wants_no_contact_and_asks_for_something_again_and_again_is_heard() -> None:
    asked = [reported(), *map(chased, (1, 2)), declined(MONDAY + 2 * DAY), *map(chased, (3, 4))]
    case = played(*asked, until=MONDAY + 4 * DAY)
    assert nights_of(PatternName.HAD_TO_CHASE, case) == []
    case = played(*asked, chased(5), until=MONDAY + 6 * DAY)
    assert nights_of(PatternName.HAD_TO_CHASE, case) == [date(2024, 6, 9)]


@pytest.mark.parametrize("unwished", [declined, withdrawn])
def test_who_goes_on_after_all_has_been_kept_waiting_only_since_then(unwished: type[CaseFact]) -> None:
    begun = [reported(), contact(MONDAY), unwished(MONDAY + DAY), wanted(MONDAY + 60 * DAY)]
    case = played(*begun, until=MONDAY + 110 * DAY)
    assert nights_of(PatternName.SILENCE, case) == [(MONDAY + 102 * DAY).date()]


def test_who_stays_anonymous_misses_no_contact_and_the_case_is_looked_at_all_the_same() -> None:
    nobody = reported(complainant=Person())
    stays = AnonymityWished(at=MONDAY, words="No names.")
    case = played(nobody, stays, assessed(MONDAY + DAY), h.proposal(MONDAY + 2 * DAY), until=MONDAY + 60 * DAY)
    assert {one.pattern for one in findings(case)} == {PatternName.NOTHING_DONE, PatternName.REVIEWS_NOT_HELD}
    unplanned = played(nobody, stays, assessed(MONDAY + DAY), until=MONDAY + 25 * DAY)
    assert [one.pattern for one in findings(unplanned)] == [PatternName.NO_PLAN]


def test_what_was_withdrawn_needs_no_plan_unless_it_is_serious() -> None:
    case = played(reported(), assessed(MONDAY), withdrawn(MONDAY + DAY), until=MONDAY + 25 * DAY)
    assert nights_of(PatternName.NO_PLAN, case) == []
    serious = [reported(category="violence"), assessed(MONDAY, serious=True), withdrawn(MONDAY + DAY)]
    assert nights_of(PatternName.NO_PLAN, played(*serious, until=MONDAY + 25 * DAY)) == [date(2024, 6, 24)]


# joined cases

BEGUN = [reported(), contact(MONDAY), assessed(MONDAY)]


def test_nothing_is_looked_for_on_a_case_that_is_part_of_another() -> None:
    case = played(*BEGUN, h.joined(MONDAY + DAY), until=MONDAY + 120 * DAY)
    assert list(findings(case)) == []
    with pytest.raises(CaseIsJoined):
        h.recorded(case_of(*BEGUN, h.joined(MONDAY + DAY)), h.pattern(MONDAY + 2 * DAY))


def test_a_case_that_stands_by_itself_again_is_counted_from_then() -> None:
    """Where it stood meanwhile, people spoke to the complainant and did what was to be done."""
    apart = MONDAY + 60 * DAY
    case = played(*BEGUN, h.joined(MONDAY + DAY), h.separated(apart), until=apart + 50 * DAY)
    nights = {one.pattern: one.at - apart for one in findings(case)}
    assert all(after > 9 * DAY for after in nights.values())
    assert nights_of(PatternName.NO_PLAN, case) == [(apart + 21 * DAY).date()]
    assert nights_of(PatternName.SILENCE, case) == [(apart + 42 * DAY).date()]


def brought(days: int) -> Entry:
    return entry(h.report_joined(MONDAY + days * DAY), h.CASEWORK, id_="brought")


def separated(days: int, incident: str) -> Entry:
    fact = h.IncidentSeparated(
        at=MONDAY + days * DAY, incident=incident, reasons="Another matter.", reported_at=MONDAY + 3 * DAY
    )
    return entry(fact, h.CASEWORK if incident == "brought" else h.OFFICER)


def test_a_report_that_joins_is_a_further_one_and_one_that_is_separated_is_none() -> None:
    another = entry(h.incident(MONDAY + 3 * DAY), id_="another")
    told = [reported(), h.incident(MONDAY + 2 * DAY), another, brought(5)]
    name = PatternName.INCIDENTS_WITHOUT_CHANGE
    assert nights_of(name, played(*told, until=MONDAY + 9 * DAY)) == [date(2024, 6, 9)]
    for incident in ("another", "brought"):
        parted = played(*told, separated(5, incident), until=MONDAY + 9 * DAY)
        assert nights_of(name, parted) == []
