"""Joining, separating and linking, as one case sees it and as it means something for the other."""

from datetime import timedelta

import pytest

from letters.telling import Contacts, values_for
from policy.across import echo_id, told_elsewhere
from policy.case_file import CaseFile, Stage
from policy.duties import duties
from policy.facts import SYSTEM, CaseFact, Entry
from policy.facts.assessing import Exclusion
from policy.facts.letters import LetterKind
from policy.facts.linking import Tie
from policy.facts.policing import CrimeAlleged
from policy.facts.promising import PromiseMade
from policy.facts.reporting import HatePerception, ReportReceived
from policy.refusals import CaseIsJoined, CasesNotJoinable, CasesNotLinkable, IncidentNotSeparable
from policy.standing import standing
from tests.given import EDITION, ROWAN, assessed, case_of, contact, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy.cared_for import cared_for
from tests.policy.joined import OTHER, THIS, join, other_case, separate, taken

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)


def test_the_clocks_of_a_joined_case_end_and_its_letters_still_go() -> None:
    file, _ = join(case_of(report(MONDAY)), other_case(report(MONDAY)))
    assert (file.stage, h.owed(file), file.finished) == (Stage.JOINED, {}, False)
    assert [duty.kind for duty in duties(file)] == [LetterKind.ACKNOWLEDGEMENT]
    with pytest.raises(CaseIsJoined, match=OTHER):
        h.recorded(file, contact(MONDAY + 10 * DAY))


def test_the_other_case_knows_when_it_was_reported_and_how_serious_it_was() -> None:
    violent = cared_for(case_of(report(MONDAY - DAY, "violence"), day=MONDAY.date()), MONDAY)
    _, into = join(violent, other_case(report(MONDAY)))
    assert into.serious
    assert into.reports == (MONDAY - DAY, MONDAY)
    assert "violence" in into.categories


@pytest.mark.parametrize("hate", [None, h.RACE])
def test_what_the_other_case_comes_to_owe_is_counted_from_when_it_came(hate: HatePerception | None) -> None:
    """Somebody else was advised and assessed there; nobody here is late at once."""
    violent = cared_for(case_of(report(MONDAY, "violence", hate=hate)), MONDAY)
    into = other_case(report(MONDAY + 6 * DAY))
    before, (_, after) = h.owed(into), join(violent, into)
    new = {key: one.due for key, one in h.owed(after).items() if key not in before}
    assert {
        "police-advice",
        "appointment",
        "safety:complainant",
        "partners",
        "risk-assessment:complainant",
    } <= set(new)
    assert ("support-offer" in new) is (hate is not None)
    assert min(new.values()) > MONDAY + 9 * DAY


def test_a_case_that_was_serious_before_keeps_its_own_clock() -> None:
    violent = cared_for(case_of(report(MONDAY, "violence")), MONDAY + DAY)
    into = other_case(report(MONDAY, "violence"))
    before, (_, after) = h.owed(into), join(violent, into)
    assert {"police-advice", "appointment"} <= set(before)
    assert {key: one.due for key, one in h.owed(after).items() if key in before} == {
        key: one.due for key, one in before.items()
    }


def test_reports_that_come_with_a_joined_case_put_an_excluded_one_back_from_when_they_came() -> None:
    _, into = join(case_of(report(MONDAY), h.incident(MONDAY + DAY)), excluded_case())
    assert h.owed(into)["reassessment"].due > MONDAY + 9 * DAY


def test_what_was_violent_on_the_case_itself_stays_serious_when_another_goes() -> None:
    """Also what happened before the other came, and was written down after it."""
    violent = cared_for(case_of(report(MONDAY, "violence")), MONDAY)
    ours, into = join(violent, other_case(report(MONDAY)))
    again = h.incident(MONDAY + 8 * DAY, "violence")
    into = taken(into, entry(again, recorded_at=MONDAY + 9 * DAY))
    _, into = separate(ours, into)
    assert into.serious


def test_a_case_that_two_made_serious_is_not_when_both_have_gone() -> None:
    into, gone = other_case(report(MONDAY)), []
    for number in (3, 4):
        violent = cared_for(
            h.recorded(empty_file(MONDAY.date(), f"CW-2023-00000{number}"), report(MONDAY, "violence")), MONDAY
        )
        one, into = join(violent, into, id_=f"joining-{number}")
        gone.append(one)
    for one in gone:
        assert into.serious
        _, into = separate(one, into)
    assert not into.serious


def test_a_crime_alleged_on_a_joined_case_is_decided_on_with_the_other_and_goes_with_it() -> None:
    alleged = case_of(
        report(MONDAY), CrimeAlleged(at=MONDAY, words="He took her bicycle."), h.police_agreed(MONDAY)
    )
    file, into = join(alleged, other_case(report(MONDAY)))
    assert h.owed(into)["police-referral"].due == london(2023, 6, 16, 17), "from when it came"
    assert {"police-consent", "police-referral"} <= set(h.owed(into))
    file, into = separate(file, into)
    assert not {"police-consent", "police-referral"} & set(h.owed(into))
    assert h.owed(file)["police-referral"].due == london(2023, 6, 7, 17), "its own clock again"


def hated() -> CaseFile:
    return cared_for(case_of(report(MONDAY, hate=h.RACE)), MONDAY)


def test_hate_that_came_with_a_joined_case_goes_with_it() -> None:
    ours, into = join(hated(), other_case(report(MONDAY)))
    assert into.hate is not None
    ours, into = separate(ours, into)
    assert (into.hate, into.serious, into.brought) == (None, False, {})
    assert "hate" not in into.categories
    assert ours.hate is not None
    assert "support-offer" not in h.owed(into)
    assert "partners" in h.owed(ours)


def test_hate_perceived_on_the_case_itself_stays_when_another_goes() -> None:
    ours, into = join(hated(), other_case(report(MONDAY)))
    into = h.recorded(into, h.hate(MONDAY + 9 * DAY))
    _, into = separate(ours, into)
    assert into.hate is not None
    assert into.hate.since == MONDAY + 9 * DAY
    assert "support-offer" in h.owed(into)
    assert into.serious


def test_separating_counts_from_the_case_s_own_report() -> None:
    before = case_of(report(MONDAY))
    after, _ = separate(*join(before, other_case(report(MONDAY))))
    assert [d.why for d in h.owed(after).values()] == [d.why for d in h.owed(before).values()]


def excluded_case(*facts: CaseFact) -> CaseFile:
    return other_case(report(MONDAY), assessed(MONDAY, exclusion=Exclusion.ONE_OFF), *facts)


def test_joined_reports_count_for_persistent_harm_and_separated_ones_do_not() -> None:
    ours, into = join(case_of(report(MONDAY), h.incident(MONDAY + DAY)), excluded_case())
    assert "reassessment" in h.owed(into)
    _, into = separate(ours, into)
    assert "reassessment" not in h.owed(into)
    assert into.reports == (MONDAY,)


def test_an_incident_separated_from_four_leaves_the_three_that_count() -> None:
    """The earliest had not been forgotten for the newest."""
    again = [h.incident(MONDAY + n * DAY) for n in (1, 2, 3)]
    file = excluded_case(*again)
    file = h.recorded(file, h.incident_separated(MONDAY + 4 * DAY, "the newest", file))
    assert file.reports == (MONDAY, MONDAY + DAY, MONDAY + 2 * DAY)
    assert "reassessment" in h.owed(file)
    with pytest.raises(IncidentNotSeparable, match="already"):
        h.recorded(file, h.incident_separated(MONDAY + 5 * DAY, "the newest", file))


def test_the_report_of_a_joined_case_is_separated_on_that_case() -> None:
    _, into = join(case_of(report(MONDAY)), other_case(report(MONDAY)))
    (incident,) = into.brought
    with pytest.raises(IncidentNotSeparable, match=THIS):
        h.recorded(into, h.incident_separated(MONDAY + 10 * DAY, incident, into))


def test_an_allegation_is_not_joined_to_its_counter_allegation_nor_linked_as_one_when_joined() -> None:
    linked = h.recorded(case_of(report(MONDAY)), h.linked(MONDAY, OTHER, Tie.COUNTER_ALLEGATION))
    with pytest.raises(CasesNotJoinable):
        h.recorded(linked, h.joined(MONDAY + DAY, OTHER))
    _, into = join(case_of(report(MONDAY)), other_case(report(MONDAY)))
    with pytest.raises(CasesNotLinkable):
        h.recorded(into, h.linked(MONDAY + 9 * DAY, THIS, Tie.COUNTER_ALLEGATION))


@pytest.mark.parametrize("tie", list(Tie))
def test_a_link_is_told_to_the_other_case_as_it_looks_from_there(tie: Tie) -> None:
    (told,) = told_elsewhere(case_of(report(MONDAY)), entry(h.linked(MONDAY, OTHER, tie)))
    assert (told.ref, told.fact.model_dump()["other"]) == (OTHER, THIS)
    assert Tie(told.fact.model_dump()["tie"]).mirrored is tie
    echo = Entry(id=told.id, by=SYSTEM, recorded_at=MONDAY, fact=told.fact)
    assert told_elsewhere(other_case(report(MONDAY)), echo) == ()


def test_a_link_moves_no_clock_of_either() -> None:
    file = case_of(report(MONDAY))
    assert h.owed(h.recorded(file, h.linked(MONDAY + DAY, OTHER, Tie.COUNTER_ALLEGATION))) == h.owed(file)


def test_a_letter_does_not_tell_what_was_told_on_another_case() -> None:
    _, into = join(cared_for(case_of(report(MONDAY, "violence")), MONDAY), other_case(report(MONDAY)))
    facts = [report(MONDAY), h.incident(MONDAY + DAY), h.incident(MONDAY + 2 * DAY, "noise", told_on=THIS)]
    into = h.recorded(into, assessed(MONDAY + 9 * DAY, serious=True), contact(MONDAY + 9 * DAY))
    into = into.owing(LetterKind.CLOSING_LETTER, "closing-letter", "proposal", MONDAY + 9 * DAY)
    (duty,) = [one for one in duties(into) if one.kind is LetterKind.CLOSING_LETTER]
    brought = h.report_joined(MONDAY + 3 * DAY, ("violence",), from_case=THIS)
    entries = [entry(one) for one in (*facts, brought)]
    entries.append(entry(h.proposal(MONDAY + 9 * DAY), id_="proposal"))
    told = str(values_for(duty, into, entries, Contacts("An officer", "01632 960000", "Council", "Review")))
    assert "6 June" in told
    assert "7 June" not in told
    assert "8 June" not in told
    assert "violence" not in told
    assert THIS not in told


@pytest.mark.parametrize(("days", "offered"), [(1, OTHER), (90, OTHER), (91, None)])
def test_a_report_within_three_months_of_a_closed_case_is_offered_it(days: int, offered: str | None) -> None:
    told = report(MONDAY, "noise", ROWAN, follows=OTHER, follows_closed_at=MONDAY - days * DAY)
    assert isinstance(told, ReportReceived)
    stood = standing(case_of(told), EDITION)
    assert stood.earlier_case == offered
    assert [(link.other, link.tie) for link in stood.links] == [(OTHER, Tie.FOLLOWS)]


def test_an_echo_has_one_id_however_often_it_is_made() -> None:
    assert echo_id("a") == echo_id("a", 0) != echo_id("a", 1)
    assert len(echo_id("a")) == 36


def test_a_case_on_which_something_is_open_is_not_joined() -> None:
    file = case_of(report(MONDAY), PromiseMade(at=MONDAY, words="We will ring you."))
    with pytest.raises(CasesNotJoinable, match="First bring to an end: promise, since Monday 5 June 2023"):
        h.recorded(file, h.joined(MONDAY + DAY))
