"""A case as it was at one moment, as far as it was known at another."""

from datetime import datetime, timedelta
from random import Random

from hypothesis import given

from policy.as_of import AsOf, Moments, Placed, as_of, file_as_of
from policy.case_file import CaseFile
from policy.duties import duties
from policy.facts import Entry
from policy.simulation import Played, simulate
from policy.standing import in_short
from tests.given import BY_POST, assessed, contact, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy.random_cases import thoroughly
from tests.policy.random_lives import LIVES, Life, dice, lived

REPORTED = london(2024, 6, 3)  # a Monday
DUE = london(2024, 6, 10, 17)
DAY = timedelta(days=1)
SPOKE = london(2024, 6, 6)
WRITTEN_DOWN = london(2024, 6, 13)
MUCH_LATER = london(2024, 7, 1)


def told(case: Played, at: datetime, known_at: datetime = MUCH_LATER) -> AsOf:
    placed = list(enumerate(case.entries, start=1))
    return as_of(case.opening, placed, Moments(at=at, known_at=known_at))


def played(*entries: Entry, until: datetime = MUCH_LATER) -> Played:
    return simulate(empty_file(REPORTED.date()), entries, until=until)


def keys(found: AsOf) -> set[str]:
    return {d.key for d in found.standing.deadlines}


def late_record() -> Played:
    """Spoken to on Thursday, in time; missed on Monday as far as anybody knew; written down on Thursday after."""
    return played(entry(report(REPORTED)), entry(contact(SPOKE), recorded_at=WRITTEN_DOWN))


def test_a_contact_written_down_late_had_been_made_and_was_not_known_of() -> None:
    case, between = late_record(), DUE + DAY
    as_it_was, as_known = told(case, between), told(case, between, between)
    assert "first-contact" not in keys(as_it_was)
    assert "regular-contact" in keys(as_it_was)
    assert "first-contact" in keys(as_known)
    assert "regular-contact" not in keys(as_known)


def test_a_miss_that_was_corrected_later_still_shows_as_it_was_known() -> None:
    case = late_record()
    (first,) = [d for d in told(case, DUE + DAY, DUE + DAY).standing.deadlines if d.key == "first-contact"]
    assert first.noticed
    assert "first-contact" not in keys(told(case, MUCH_LATER))


def test_hate_that_was_told_later_was_hate_from_then_on_and_nobody_knew() -> None:
    perceived, told_at = REPORTED + 2 * DAY, REPORTED + 9 * DAY
    case = played(entry(report(REPORTED)), entry(h.hate(perceived), recorded_at=told_at))
    assert told(case, REPORTED + DAY).standing.hate is None
    assert told(case, perceived).standing.serious
    assert "appointment" in keys(told(case, perceived))
    assert told(case, perceived + DAY, perceived + DAY).standing.hate is None
    assert told(case, told_at, told_at).standing.hate is not None


def test_what_had_passed_while_nobody_looked_is_named() -> None:
    """The clock stood still from before the deadline until long after it."""
    asleep = empty_file(REPORTED.date()), [(1, entry(report(REPORTED)))]
    found = as_of(*asleep, Moments(at=DUE + DAY, known_at=DUE + DAY))
    assert {d.key for d in found.passed_unnoticed} == {"first-contact", "assessment"}
    noticed = told(played(entry(report(REPORTED))), DUE + DAY)
    assert noticed.passed_unnoticed == ()
    before = told(played(entry(report(REPORTED))), DUE)
    assert not any(d.noticed for d in told(played(entry(report(REPORTED))), DUE - DAY).standing.deadlines)
    assert {d.key for d in before.standing.deadlines if d.noticed} == {"first-contact", "assessment"}


def test_a_miss_counts_from_when_it_was_noticed() -> None:
    """It is dated when it fell due, and an outage may have kept the clock from looking."""
    moments = Moments(at=DUE + DAY, known_at=MUCH_LATER)
    assert not moments.count(DUE, DUE + 2 * DAY, "deadline_missed")
    assert moments.count(DUE, DUE + 2 * DAY, "contact_made")
    assert moments.came_later(DUE, DUE + 2 * DAY, "contact_made")
    assert not moments.came_later(DUE, DUE, "contact_made")


def test_nothing_is_judged_at_a_day_that_had_not_come() -> None:
    found = told(played(entry(report(REPORTED))), MUCH_LATER, REPORTED + DAY)
    assert found.passed_unnoticed == ()


def test_before_the_report_there_was_nothing() -> None:
    found = told(late_record(), REPORTED - DAY).standing
    assert (found.reported_at, found.seq, found.deadlines) == (None, 0, ())


def test_a_letter_is_told_by_the_name_that_it_had() -> None:
    """Letters are numbered by their place in the timeline, also where an entry before them does not count."""
    went = REPORTED + 4 * DAY
    entries: list[Entry] = [
        entry(report(REPORTED, complainant=BY_POST)),
        entry(contact(REPORTED + DAY), recorded_at=REPORTED + DAY),
        entry(assessed(REPORTED + DAY)),
        entry(h.advice(REPORTED + 2 * DAY)),
        entry(h.ready_to_post(REPORTED + 2 * DAY, "honest-advice-4"), h.CASEWORK),
        entry(h.sent(went, "honest-advice-4")),
    ]
    without_contact = [(n, e) for n, e in enumerate(entries, start=1) if n != 2]
    file = file_as_of(empty_file(REPORTED.date()), without_contact, Moments(at=went, known_at=went))
    assert set(file.letters) == {"acknowledgement"}
    assert file.seq == 6


# Whatever is left out, there is an answer.


def timeline(life: Life) -> tuple[CaseFile, list[Placed]]:
    """A life's first entry is folded before it begins, so it is the opening."""
    (opening, _), _ = life
    taken = [moment.entry for moment in lived(life) if moment.after is not moment.before]
    return opening, list(enumerate(taken, start=opening.seq + 1))


@thoroughly
@given(LIVES, dice)
def test_any_part_of_a_timeline_can_be_told(life: Life, roll: Random) -> None:
    opening, entries = timeline(life)
    empty = empty_file(opening.closure_days.known_until)
    for chance in (0.2, 0.5, 0.9):
        some = [one for one in entries if roll.random() < chance]
        last = max((e.recorded_at for _, e in entries), default=MUCH_LATER)
        for start in (opening, empty):
            whole = Moments(at=last, known_at=last)
            file = file_as_of(start, some, whole)
            found = as_of(start, some, whole)
            assert in_short(file, list(found.standing.deadlines))
            assert {duty.key for duty in duties(file)} <= {*file.letters, *file.matters}


@thoroughly
@given(LIVES, dice)
def test_the_case_as_known_is_the_case_as_it_then_was(life: Life, roll: Random) -> None:
    """Entries are recorded in order, so what was known at a moment is what had been recorded by then."""
    opening, entries = timeline(life)
    moments = list(lived(life))
    known_at = roll.choice(moments).now
    stood = [moment.after for moment in moments if moment.now <= known_at][-1]
    found = file_as_of(opening, entries, Moments(at=known_at, known_at=known_at))
    assert found == stood
    end = Moments(at=moments[-1].now, known_at=moments[-1].now)
    assert file_as_of(opening, entries, end) == moments[-1].after
