"""A case that has joined another, or has closed, still writes: safely, and no more than is wished."""

from datetime import timedelta

import pytest

from policy.across import told_elsewhere
from policy.case_file import CaseFile, Stage
from policy.duties import duties
from policy.facts import CaseFact
from policy.facts.base import Fact
from policy.facts.closing import CaseClosed, Closing
from policy.facts.consent import ConsentWithdrawn
from policy.facts.contact import ComplainantDetailsTold, ContactMade
from policy.facts.joining import IncidentSeparated
from policy.facts.letters import LetterKind, LetterSent
from policy.facts.linking import CasesLinked, CasesUnlinked
from policy.facts.needs import Adjustment, DomesticAbuseRecognised, NeedEnded, NeedTold, SafeContact
from policy.facts.people import Means, Person
from policy.facts.reporting import IncidentReported
from policy.facts.ruling import ClosureDaysAdopted, DeadlineMissed, EditionAdopted
from policy.facts.tenancies import StarterTenancyKnown, StarterTenancyPassed
from policy.facts.wishing import ComplaintWithdrawn, ContactDeclined, ContactWanted
from policy.refusals import CaseIsClosed, CaseIsJoined
from policy.rules.whenever import case_takes
from tests.given import BY_POST, ROWAN, assessed, case_of, contact, entry, london, report
from tests.policy import happenings as h

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
KIT = Person(name="Kit Sample", email="kit@example.org", address=("3 Invented Row",), prefers=Means.EMAIL)
SAFE = SafeContact(means=(Means.PHONE,))
ABUSED = DomesticAbuseRecognised(at=MONDAY + DAY, safe_contact=SAFE, words="She said.")
NEVER_WRITE = NeedTold(at=MONDAY + DAY, kind="safe_contact", safe_contact=SAFE, words="Never write.")
NO_WAY_KNOWN = NeedTold(
    at=MONDAY + DAY, kind="safe_contact", safe_contact=SafeContact(means=()), words="He opens the post."
)
DECLINED = ContactDeclined(at=MONDAY + DAY, words="No letters.")


def joined(*facts: CaseFact) -> CaseFile:
    return case_of(report(MONDAY, complainant=KIT), *facts, h.joined(MONDAY))


def closed(complainant: Person = KIT) -> CaseFile:
    """Its note is still to go."""
    facts = (assessed(MONDAY), contact(MONDAY), h.closed(MONDAY, Closing.DEALT_WITH))
    file = case_of(report(MONDAY, complainant=complainant), *facts)
    return h.recorded(file, h.sent(MONDAY, "acknowledgement"))


@pytest.mark.parametrize(
    ("file", "fact"),
    [
        (joined(), ABUSED),
        *((file, fact) for file in (joined(), closed()) for fact in (NEVER_WRITE, NO_WAY_KNOWN, DECLINED)),
    ],
)
def test_a_case_at_rest_is_told_that_writing_is_not_safe_or_wished_and_writes_no_more(
    file: CaseFile, fact: CaseFact
) -> None:
    assert duties(file)
    assert duties(h.recorded(file, fact)) == []


@pytest.mark.parametrize("fact", [ABUSED, NEVER_WRITE, NO_WAY_KNOWN])
def test_a_joined_case_stands_apart_again_when_only_a_safe_way_may_be_used(fact: CaseFact) -> None:
    """And gives back what it brought; otherwise nobody would see to their safety."""
    file = joined()
    (told,) = told_elsewhere(file, entry(fact))
    assert (told.ref, type(told.fact)) == ("CW-2023-000002", IncidentSeparated)
    file = h.recorded(file, fact)
    assert file.stage is Stage.REPORTED
    assert told_elsewhere(file, entry(fact)) == ()
    assert ("specialist-help:complainant" in h.owed(file)) is (fact is ABUSED)


def test_abuse_told_after_closing_is_a_new_report_so_that_somebody_helps_them() -> None:
    with pytest.raises(CaseIsClosed, match="new report, so that they are helped"):
        h.recorded(closed(), ABUSED)


ILL = NeedTold(at=MONDAY + DAY, kind="mental_health", words="She is at her end.")
IN_LARGE_PRINT = NeedTold(
    at=MONDAY + DAY, kind="reading", adjustments=(Adjustment.LARGE_PRINT,), words="Small print."
)


@pytest.mark.parametrize("fact", [ILL, ILL.model_copy(update={"adjustments": (Adjustment.LARGE_PRINT,)})])
def test_what_makes_somebody_vulnerable_is_told_where_their_risk_is_assessed(fact: NeedTold) -> None:
    with pytest.raises(CaseIsJoined, match="CW-2023-000002: record it there"):
        h.recorded(joined(), fact)
    with pytest.raises(CaseIsClosed, match="new report"):
        h.recorded(closed(), fact)


def test_how_a_letter_that_is_still_to_go_must_be_is_told_at_rest_too() -> None:
    for file in (joined(), closed()):
        assert all(duty.large_print for duty in duties(h.recorded(file, IN_LARGE_PRINT)))


def withheld() -> CaseFile:
    """Nobody has told them what the note says."""
    return h.recorded(closed(), NEVER_WRITE)


def test_who_is_not_written_to_after_closing_is_told_in_a_safe_way() -> None:
    (owed,) = h.owed(withheld()).values()
    assert (owed.owed, owed.row) == (
        "Tell the complainant in a safe way what the closing note says",
        "immediate-closure",
    )
    assert not withheld().finished
    told = h.recorded(withheld(), contact(MONDAY + 2 * DAY))
    assert (h.owed(told), told.finished) == ({}, True)


def test_or_written_to_once_there_is_a_safe_way_to_write_to_them() -> None:
    by_email = NEVER_WRITE.model_copy(update={"safe_contact": SafeContact(means=(Means.EMAIL,))})
    (duty,) = duties(h.recorded(withheld(), by_email))
    assert (duty.kind, duty.means) == (LetterKind.CLOSING_NOTE, Means.EMAIL)


def test_or_not_at_all_where_they_want_no_contact() -> None:
    assert h.recorded(withheld(), DECLINED).finished


def test_a_closed_case_on_which_nobody_is_to_be_told_takes_no_contact() -> None:
    with pytest.raises(CaseIsClosed):
        h.recorded(closed(), contact(MONDAY + DAY))


def test_a_case_that_has_finished_takes_nothing_any_more() -> None:
    file = h.recorded(closed(), h.sent(MONDAY, "closing-note"))
    with pytest.raises(CaseIsClosed):
        h.recorded(file, ABUSED)


def test_what_outlives_a_joined_case_is_brought_to_its_end_there() -> None:
    file = joined(StarterTenancyKnown(at=MONDAY, ends=(MONDAY + 45 * DAY).date()))
    (key,) = h.owed(file)
    file = h.recorded(file, StarterTenancyPassed(at=MONDAY + DAY, matter=key, reasons="Kept well."))
    assert h.owed(file) == {}


def bounced() -> CaseFile:
    return h.recorded(closed(ROWAN), h.not_taken(MONDAY, "closing-note"))


def test_a_note_that_came_back_goes_to_an_address_told_after_closing() -> None:
    file = h.recorded(bounced(), h.details(MONDAY + DAY, BY_POST))
    assert [(one.kind, one.means) for one in duties(file)] == [(LetterKind.CLOSING_NOTE, Means.POST)]


def test_a_note_that_came_back_is_not_forgotten_while_there_is_nowhere_to_send_it() -> None:
    file = h.recorded(bounced(), h.not_sent(MONDAY + DAY, "closing-note"))
    assert not file.finished
    assert "another address" in h.owed(file)["letter:closing-note"].owed


def test_what_is_told_on_a_joined_case_leaves_the_other_s_complaint_withdrawn() -> None:
    file = case_of(report(MONDAY), ComplaintWithdrawn(at=MONDAY, words="Enough."))
    elsewhere = h.recorded(file, h.incident(MONDAY + DAY, told_on="CW-2023-000003"))
    assert elsewhere.wish.withdrawn_at == MONDAY
    witness = h.recorded(file, h.incident(MONDAY + DAY, told_by="witness-1"))
    assert witness.wish.withdrawn_at == MONDAY
    assert h.recorded(file, h.incident(MONDAY + DAY, told_by="complainant")).wish.withdrawn_at is None
    assert h.recorded(file, h.incident(MONDAY + DAY)).wish.withdrawn_at is None


OF_ITS_OWN = (
    LetterSent,
    NeedEnded,
    ContactWanted,
    ConsentWithdrawn,
    DeadlineMissed,
    CaseClosed,
    CasesLinked,
    CasesUnlinked,
    EditionAdopted,
    ClosureDaysAdopted,
)


@pytest.mark.parametrize("kind", OF_ITS_OWN)
def test_a_joined_case_still_takes_what_is_its_own(kind: type[Fact]) -> None:
    case_takes(joined(), kind)


@pytest.mark.parametrize("kind", [NeedEnded, ContactWanted, DeadlineMissed])
def test_so_does_a_closed_one_while_a_letter_is_still_to_go(kind: type[Fact]) -> None:
    case_takes(closed(), kind)


@pytest.mark.parametrize("kind", [NeedTold, NeedEnded, ComplainantDetailsTold, ContactDeclined])
def test_once_nothing_is_to_go_nobody_tells_it_how_they_are_reached(kind: type[Fact]) -> None:
    with pytest.raises(CaseIsClosed):
        case_takes(h.recorded(closed(), h.sent(MONDAY, "closing-note")), kind)


def test_where_they_are_to_be_told_it_takes_that_and_nothing_else() -> None:
    with_the_other = h.recorded(
        h.recorded(joined(), h.closed_with(MONDAY, "CW-2023-000002"), by=h.CASEWORK), NEVER_WRITE
    )
    for file in (withheld(), with_the_other):
        case_takes(file, ContactMade)
        with pytest.raises(CaseIsClosed):
            case_takes(file, IncidentReported)


@pytest.mark.parametrize(
    ("more", "taken"), [({"means": (Means.POST,)}, True), ({"language": "pl"}, True), ({}, False)]
)
def test_of_another_need_only_what_a_letter_obeys_is_told_at_rest(more: dict[str, object], *, taken: bool) -> None:
    told = NeedTold(at=MONDAY + DAY, kind="reading", words="As they said.", **more)
    if taken:
        assert h.recorded(joined(), told).needs
    else:
        with pytest.raises(CaseIsJoined):
            h.recorded(joined(), told)
