"""The virtual clock: what is noticed when, in which order, and what refusals leave behind."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from policy.case_file import Stage
from policy.facts import SYSTEM, CaseFact, Entry
from policy.facts.assessing import Exclusion
from policy.facts.closing import CaseClosed, Closing
from policy.facts.letters import LetterReadyToPost, LetterSent
from policy.facts.people import Means
from policy.facts.reporting import Channel, HatePerceived, HatePerception, IncidentReported, Perceiver, Strand
from policy.facts.ruling import DeadlineMissed
from policy.ledger import Ending
from policy.simulation import Outage, Played, replayed, simulate
from tests.given import BY_POST, assessed, contact, empty_file, entry, london, report

REPORTED = london(2024, 6, 3, 9)  # a Monday
DUE = london(2024, 6, 10, 17)


def played(*entries: Entry | CaseFact, outage: Outage | None = None, until: datetime | None = None) -> Played:
    told = [each if isinstance(each, Entry) else entry(each) for each in entries]
    last = until or told[-1].recorded_at
    return simulate(empty_file(REPORTED.date()), told, outage=outage, until=last)


def names(case: Played) -> list[str]:
    return [each.fact.fact for each in case.entries]


def missed(case: Played) -> dict[str, datetime]:
    return {e.fact.key: e.recorded_at for e in case.entries if isinstance(e.fact, DeadlineMissed)}


def incident(at: datetime) -> IncidentReported:
    return IncidentReported(at=at, channel=Channel.PHONE, words="Again.", category="noise")


def hate_perceived(at: datetime) -> HatePerceived:
    perceived = HatePerception(strands=(Strand.RACE,), perceived_by=Perceiver.WITNESS)
    return HatePerceived(at=at, hate=perceived, words="As it was told.")


def test_what_falls_due_untouched_is_noticed_as_missed_at_that_moment_by_the_system() -> None:
    case = played(report(REPORTED), until=DUE + timedelta(hours=1))
    assert missed(case) == {"assessment": DUE, "first-contact": DUE}
    assert {e.by for e in case.entries if isinstance(e.fact, DeadlineMissed)} == {SYSTEM}


def test_the_clock_runs_on_to_until_and_no_further() -> None:
    assert missed(played(report(REPORTED), until=DUE - timedelta(minutes=1))) == {}
    assert len(missed(played(report(REPORTED), until=DUE))) == 2


def test_a_miss_is_recorded_before_an_entry_that_comes_after_it() -> None:
    case = played(report(REPORTED), contact(DUE + timedelta(minutes=1)))
    assert names(case)[2:] == ["deadline_missed", "deadline_missed", "contact_made"]


def test_told_at_the_very_moment_it_falls_due_is_in_time_and_never_missed() -> None:
    case = played(report(REPORTED), contact(DUE))
    assert "first-contact" not in missed(case)
    assert missed(case)["assessment"] == DUE


def test_mail_goes_at_once_and_a_letter_by_post_waits_for_somebody() -> None:
    by_mail, by_post = played(report(REPORTED)), played(report(REPORTED, complainant=BY_POST))
    assert by_mail.entries[1].fact == LetterSent(at=REPORTED, key="acknowledgement", means=Means.EMAIL)
    assert by_mail.file.letters == {}
    assert by_post.entries[1].fact == LetterReadyToPost(at=REPORTED, key="acknowledgement")
    assert next(d.key for d in by_post.deadlines_at(REPORTED)) == "letter:acknowledgement"


def test_a_refused_fact_changes_nothing_and_is_kept_as_a_refusal() -> None:
    closing = CaseClosed(at=REPORTED + timedelta(hours=1), closing=Closing.WITH_LETTER, reasons="Done.")
    case = played(report(REPORTED), closing)
    assert names(case) == ["report_received", "letter_sent"]
    (refusal,) = case.refused
    assert refusal.entry.fact == closing
    assert refusal.refusal.refused == "CaseNotReadyToClose"
    assert case.standing == played(report(REPORTED), until=closing.at).standing


def test_a_report_of_a_category_that_there_is_not_is_turned_away_as_at_the_door() -> None:
    case = played(report(REPORTED, category="not-a-category"))
    assert case.entries == ()
    assert [one.refusal.refused for one in case.refused] == ["CategoryUnknown"]


def test_what_had_fallen_due_before_it_was_told_is_noticed_when_it_is_told() -> None:
    told = REPORTED + timedelta(days=1)
    case = played(report(REPORTED), entry(hate_perceived(REPORTED + timedelta(hours=1)), recorded_at=told))
    assert missed(case) == {"police-advice": told}


def test_an_outage_delays_noticing_to_its_end() -> None:
    outage = Outage(since=DUE - timedelta(hours=2), until=DUE + timedelta(hours=16))
    case = played(report(REPORTED), outage=outage, until=DUE + timedelta(days=1))
    assert missed(case) == {"assessment": outage.until, "first-contact": outage.until}
    assert {line.deadline.due for line in case.flagged()} == {DUE}


def test_an_outage_that_is_not_over_when_the_clock_stops_notices_nothing() -> None:
    outage = Outage(since=DUE - timedelta(hours=2), until=DUE + timedelta(days=2))
    assert missed(played(report(REPORTED), outage=outage, until=DUE + timedelta(days=1))) == {}


def test_what_was_told_in_an_outage_is_taken_at_its_end_after_what_was_missed() -> None:
    outage = Outage(since=DUE - timedelta(hours=2), until=DUE + timedelta(hours=16))
    told = DUE + timedelta(hours=1)
    case = played(report(REPORTED), incident(told), outage=outage, until=outage.until)
    assert names(case)[2:] == ["deadline_missed", "deadline_missed", "incident_reported"]
    assert [(t.at, t.entry.recorded_at) for t in case.taken][4] == (outage.until, told)


def test_an_outage_over_which_nothing_falls_due_holds_back_what_was_told_all_the_same() -> None:
    outage = Outage(since=REPORTED + timedelta(hours=1), until=REPORTED + timedelta(hours=5))
    told, afterwards = REPORTED + timedelta(hours=2), REPORTED + timedelta(hours=6)
    case = played(report(REPORTED), incident(told), contact(afterwards), outage=outage)
    assert names(case)[2:] == ["incident_reported", "contact_made"]
    assert [taken.at for taken in case.taken][2:] == [outage.until, afterwards]
    assert names(played(report(REPORTED), incident(told), outage=outage, until=afterwards))[2:] == [
        "incident_reported"
    ]
    assert names(played(report(REPORTED), incident(told), outage=outage))[2:] == []


def test_the_end_of_an_outage_comes_before_what_is_told_at_that_moment() -> None:
    outage = Outage(since=DUE - timedelta(hours=2), until=DUE + timedelta(hours=16))
    late = entry(contact(DUE - timedelta(hours=1)), recorded_at=outage.until)
    case = played(report(REPORTED), late, outage=outage)
    assert names(case)[2:] == ["deadline_missed", "deadline_missed", "contact_made"]


def test_letters_owed_in_an_outage_go_at_its_end() -> None:
    outage = Outage(since=REPORTED - timedelta(hours=1), until=REPORTED + timedelta(hours=3))
    case = played(report(REPORTED), outage=outage, until=outage.until)
    assert case.entries[1].fact == LetterSent(at=outage.until, key="acknowledgement", means=Means.EMAIL)


def test_an_outage_ends_after_it_began() -> None:
    with pytest.raises(ValidationError, match="ends after"):
        Outage(since=DUE, until=DUE)


def test_the_case_can_be_seen_as_it_stood_at_any_moment() -> None:
    case = played(report(REPORTED), contact(REPORTED + timedelta(days=1)), assessed(REPORTED + timedelta(days=2)))
    assert case.file_at(REPORTED - timedelta(minutes=1)).seq == 0
    assert case.file_at(REPORTED + timedelta(days=1)).stage is Stage.REPORTED
    assert case.file_at(REPORTED + timedelta(days=2)).stage is Stage.OPEN
    assert "first-contact" in [d.key for d in case.deadlines_at(REPORTED)]
    assert "first-contact" not in [d.key for d in case.deadlines_at(REPORTED + timedelta(days=1))]


def test_missed_and_recorded_late_are_flagged_and_kept_is_not() -> None:
    in_time = contact(DUE - timedelta(hours=1))
    case = played(
        report(REPORTED),
        assessed(REPORTED + timedelta(days=1)),
        entry(in_time, recorded_at=DUE + timedelta(days=1)),
    )
    (flag,) = case.flagged()
    assert (flag.deadline.key, flag.noticed_at) == ("first-contact", DUE)
    assert flag.ended is not None
    assert flag.ended.ending is Ending.RECORDED_LATE


def test_a_clock_set_aside_is_named_once_however_long_the_case_goes_on() -> None:
    case = played(report(REPORTED, complainant=None), incident(REPORTED + timedelta(days=1)))
    assert [clock.key for clock in case.set_aside()] == ["first-contact", "letters"]


DAYS = st.integers(min_value=0, max_value=40)
FACTS = st.sampled_from(
    [
        contact,
        assessed,
        incident,
        hate_perceived,
        lambda at: assessed(at, exclusion=Exclusion.LIFESTYLES),
        lambda at: CaseClosed(at=at, closing=Closing.DEALT_WITH, reasons="Done."),
    ]
)


@given(st.lists(st.tuples(FACTS, DAYS, st.integers(min_value=0, max_value=5)), max_size=12), st.booleans())
def test_whatever_happens_every_passed_deadline_is_noticed_and_the_timeline_tells_it_all(
    happenings: list[tuple[Callable[[datetime], CaseFact], int, int]], is_by_post: bool
) -> None:
    told = [entry(report(REPORTED, complainant=BY_POST) if is_by_post else report(REPORTED))]
    for make, day, late in sorted(happenings, key=lambda each: each[1] + each[2]):
        at = REPORTED + timedelta(days=day)
        told.append(entry(make(at), recorded_at=at + timedelta(days=late)))
    case = played(*told, until=REPORTED + timedelta(days=60))
    assert all(d.noticed for d in case.standing.deadlines if d.due <= case.stopped_at)
    assert [e.recorded_at for e in case.entries] == sorted(e.recorded_at for e in case.entries)
    assert len(case.entries) + len(case.refused) >= len(told)
    again = replayed(case.opening, case.entries, case.refused, until=case.stopped_at)
    assert again == case
