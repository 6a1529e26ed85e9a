"""The night's check: what is found becomes somebody's to look into, and is not found again for nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from policy import audit
from policy.audit import base as audit_base
from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.facts import Actor, CaseFact, Entry, Role
from policy.facts import promising as p
from policy.facts.auditing import FindingAnswered, PatternFound, PatternName
from policy.facts.matters import MatterKind
from policy.facts.people import Means, Person
from policy.refusals import CaseNotReadyToClose, FoundBefore
from policy.rows import SECTION_OF_ROW
from policy.simulation import Outage
from tests.given import EDITION, OFFICER, case_of, contact, entry, london, report
from tests.policy import happenings as h
from tests.policy.nights import MONDAY, findings, nights_of, played, reported
from tests.policy.random_cases import thoroughly
from tests.policy.random_lives import lived
from tests.policy.random_lives import lives as random_lives
from tests.policy.test_kept_case import KeptCase, Turn, live, lives

DAY = timedelta(days=1)


def answered(at: object, matter: str) -> FindingAnswered:
    return FindingAnswered(at=at, matter=matter, words="I will ring tonight.")  # type: ignore[arg-type]  # a moment


def test_every_pattern_says_what_it_looks_for_which_row_it_is_of_and_who_taught_it() -> None:
    assert set(audit.PATTERNS) == set(PatternName)
    for pattern in audit.PATTERNS.values():
        assert pattern.row in SECTION_OF_ROW
        assert pattern.looks_for[0].islower()
        assert pattern.taught_by
        assert all(one.body and one.reference and one.said for one in pattern.taught_by)


def test_what_was_found_is_to_be_looked_into_and_says_what_it_is() -> None:
    file = h.recorded(case_of(reported()), h.pattern(MONDAY))
    one = h.owed(file)["finding-2"]
    assert (one.owed_by, one.due) == (Role.OFFICER, london(2024, 6, 6, 17))
    assert one.owed == "Look into this: the complainant has not heard from us for a long time"
    assert "finding-2" not in h.owed(h.recorded(file, answered(MONDAY + DAY, "finding-2")))


def test_a_finding_that_nobody_looks_into_goes_up() -> None:
    case = played(reported(), contact(MONDAY + DAY), until=MONDAY + 70 * DAY)
    (key,) = [key for key, one in case.file.matters.items() if one.code == PatternName.SILENCE]
    above = {d.key: d.owed_by for d in case.standing.deadlines}
    assert above[f"escalation:{key}"] is Role.SUPERVISOR
    assert above[f"escalation:escalation:{key}"] is Role.MANAGER


def test_a_case_does_not_close_over_a_finding_that_nobody_answered() -> None:
    file = h.recorded(case_of(reported()), contact(MONDAY), h.pattern(MONDAY))
    with pytest.raises(CaseNotReadyToClose) as refused:
        h.recorded(file, h.proposal(MONDAY + DAY))
    assert "finding of the night's check" in refused.value.refusal.missing


def test_it_is_found_once_while_nobody_has_answered() -> None:
    case = played(reported(), contact(MONDAY + DAY), until=MONDAY + 150 * DAY)
    assert nights_of(PatternName.SILENCE, case) == [date(2024, 7, 16)]


def test_a_silence_that_goes_on_after_the_answer_is_found_again_as_many_days_later() -> None:
    begun = [reported(), contact(MONDAY + DAY)]
    case = played(*begun, until=MONDAY + 45 * DAY)
    (key,) = [key for key, one in case.file.matters.items() if one.code == PatternName.SILENCE]
    on = london(2024, 7, 17)
    again = played(*begun, answered(on, key), until=on + 60 * DAY)
    assert nights_of(PatternName.SILENCE, again) == [date(2024, 7, 16), date(2024, 8, 28)]


def test_what_was_counted_before_the_answer_is_not_counted_again() -> None:
    def chased(n: int) -> p.Chased:
        return p.Chased(at=MONDAY + n * DAY, words="Nobody rang me.")

    begun = [reported(), *(chased(n) for n in (1, 1, 1))]
    (key,) = played(*begun, until=MONDAY + 2 * DAY).file.matters.keys() - {"chase-3"}
    begun.append(answered(MONDAY + 2 * DAY, key))
    twice = played(*begun, chased(3), chased(3), until=MONDAY + 6 * DAY)
    assert nights_of(PatternName.HAD_TO_CHASE, twice) == [date(2024, 6, 5)]
    three_times = played(*begun, chased(3), chased(3), chased(3), until=MONDAY + 6 * DAY)
    assert nights_of(PatternName.HAD_TO_CHASE, three_times) == [date(2024, 6, 5), date(2024, 6, 7)]


def test_a_look_that_is_older_than_the_answer_finds_nothing() -> None:
    file = h.recorded(case_of(reported()), h.pattern(MONDAY), answered(MONDAY + DAY, "finding-2"))
    with pytest.raises(FoundBefore, match="answered since"):
        h.recorded(file, h.pattern(MONDAY + DAY), recorded_at=MONDAY + 2 * DAY)
    assert "finding-4" in h.owed(h.recorded(file, h.pattern(MONDAY + 2 * DAY)))


def test_another_pattern_is_found_beside_one_that_is_open() -> None:
    file = h.recorded(case_of(reported()), h.pattern(MONDAY), h.pattern(MONDAY, PatternName.NO_PLAN))
    assert audit.open_findings(file) == {"silence", "no-plan"}


def test_a_closed_case_is_left_alone() -> None:
    case = played(reported(), until=MONDAY + 40 * DAY)
    closed = case.file.with_(closed_at=case.stopped_at, matters={})
    timeline = audit.Timeline(audit.told(n, one) for n, one in enumerate(case.entries, start=1))
    assert audit.findings(case.file.with_(matters={}), timeline, case.stopped_at, EDITION)
    assert audit.findings(closed, timeline, case.stopped_at, EDITION) == []


def test_a_check_that_an_outage_kept_from_running_runs_once_at_its_end() -> None:
    outage = Outage(since=london(2024, 7, 15, 12), until=london(2024, 7, 18, 10))
    case = played(reported(), contact(MONDAY + DAY), until=london(2024, 7, 20), outage=outage)
    found = [one for one in case.taken if one.entry.fact.fact == "pattern_found" and one.at >= outage.since]
    assert {one.at for one in found} == {outage.until}


def test_the_check_runs_at_three_also_on_the_days_when_the_clocks_change() -> None:
    for day in (date(2024, 3, 31), date(2024, 10, 27)):
        before = london(day.year, day.month, day.day - 1, 3)
        night = audit.night_after(before, EDITION)
        assert night == london(day.year, day.month, day.day, 3)
        assert audit.night_after(night - timedelta(seconds=1), EDITION) == night


def test_what_patterns_are_shown_and_what_they_say_holds_nobody_s_words_or_name() -> None:
    person = Person(name="Rowan Example", phone="01632 960001", prefers=Means.PHONE)
    case = played(report(MONDAY, complainant=person), p.Chased(at=MONDAY, words="Shame!"), until=MONDAY + 60 * DAY)
    shown = [audit.told(n, one) for n, one in enumerate(case.entries, start=1)]
    assert shown[0].codes == {}
    said = " ".join(map(str, [*shown, *findings(case), case.file.model_dump_json()]))
    assert not [word for word in ("Rowan", "01632", "Shame", "Told us so") if word in said]


def test_lists_are_shown_by_their_length() -> None:
    assert audit_base.codes({"powers": [{"power": "a", "words": "Shame!"}]}) == {"powers": "1"}


class WatchedCase(KeptCase):
    """A kept case with its timeline, looked at after everything that happens."""

    def __init__(self, file: CaseFile, now: object, first: Entry) -> None:
        self.timeline = audit.Timeline([audit.told(1, first)])
        self.found: set[str] = set()
        super().__init__(file, now)  # type: ignore[arg-type]  # a moment

    def record(self, fact: CaseFact, by: Actor) -> None:
        super().record(fact, by)
        self.timeline.add(audit.told(self.file.seq, entry(fact, by, self.now)))
        self.found |= {one.pattern for one in audit.findings(self.file, self.timeline, self.now, EDITION)}


NEVER_ON_A_KEPT_CASE = {
    PatternName.FIRST_CONTACT_LATE,
    PatternName.SILENCE,
    PatternName.IRREGULAR_CONTACT,
    PatternName.WRITTEN_DOWN_LATE,
    PatternName.RISK_ASSESSMENT_LATE,
    PatternName.REVIEWS_NOT_HELD,
}


@thoroughly
@given(lives())
def test_a_case_that_does_everything_on_time_fits_no_pattern_of_lateness(
    life: tuple[tuple[CaseFile, object], list[Turn]],
) -> None:
    (file, now), turns = life
    case = WatchedCase(file, now, entry(report(now), OFFICER))  # type: ignore[arg-type]  # a moment
    live(case, turns)
    assert not case.found & NEVER_ON_A_KEPT_CASE


@thoroughly
@given(random_lives())
def test_whatever_happens_what_is_found_can_be_recorded_and_is_not_found_twice(life: object) -> None:
    timeline = audit.Timeline()
    for moment in lived(life):  # type: ignore[arg-type]  # a life
        if moment.after is not moment.before:
            timeline.add(audit.told(moment.after.seq, moment.entry))
        file = moment.after
        for fact in audit.findings(file, timeline, moment.now, EDITION):
            assert isinstance(fact, PatternFound)
            file = h.recorded(file, fact, recorded_at=moment.now)
        assert audit.findings(file, timeline, moment.now, EDITION) == []
        assert {d.key for d in deadlines(file, EDITION)} >= {
            key for key, one in file.matters.items() if one.kind is MatterKind.FINDING and not file.at_rest
        }
