"""Promises, chasing, the plan, waits: what is begun has a day, an owner and an end."""

from datetime import date, datetime, timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts import Role
from policy.facts import promising as p
from policy.facts.closing import Closing
from policy.facts.matters import Step
from policy.facts.proceedings import Heard
from policy.facts.ruling import DeadlineMissed
from policy.matters import BEGINS, COURSES
from policy.refusals import CaseNotReadyToClose, DayNotAgreeable, MatterNotOpen
from tests.given import assessed, case_of, contact, london, report
from tests.policy.happenings import closed, owed, proposal, recorded

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)


def handled(*more: object) -> CaseFile:
    file = recorded(case_of(report(MONDAY)), contact(MONDAY), assessed(MONDAY))
    return recorded(file, *more)  # type: ignore[arg-type] # facts


def promise(at: datetime = MONDAY, day: date | None = date(2023, 6, 13)) -> p.PromiseMade:
    return p.PromiseMade(at=at, words="We will ring you on Tuesday.", by_when=day)


def chased(at: datetime, matter: str | None = None) -> p.Chased:
    return p.Chased(at=at, words="Nobody rang me.", matter=matter)


def test_a_promise_is_owed_on_its_day_and_says_so() -> None:
    deadline = owed(handled(promise()))["promise-4"]
    assert deadline.due == london(2023, 6, 13, 17)
    assert deadline.why == (
        "Do what was promised, by Tuesday 13 June 2023 at 17:00: the day that was agreed "
        "(policy sections 4 and 5, promise-ledger)"
    )


def test_a_promise_without_a_day_has_one_all_the_same() -> None:
    assert owed(handled(promise(day=None)))["promise-4"].due == london(2023, 6, 12, 17)


def test_today_can_be_agreed_until_the_office_closes() -> None:
    today = MONDAY.date()
    assert owed(handled(promise(london(2023, 6, 5, 17), today)))["promise-4"].due == london(2023, 6, 5, 17)
    with pytest.raises(DayNotAgreeable, match="Agree on a day from Tuesday 6 June 2023"):
        handled(promise(london(2023, 6, 5, 17, 1), today))


def test_a_promise_that_is_kept_or_broken_is_over_and_one_that_is_moved_is_not() -> None:
    file = handled(promise())
    for ending in (p.PromiseKept, p.PromiseBroken):
        assert "promise-4" not in owed(recorded(file, ending(at=MONDAY + DAY, matter="promise-4", words="Told.")))
    moved = p.PromiseMoved(at=MONDAY + DAY, matter="promise-4", words="Told.", by_when=date(2023, 6, 20))
    assert owed(recorded(file, moved))["promise-4"].due == london(2023, 6, 20, 17)


def test_a_promise_of_somebody_else_is_theirs() -> None:
    told = promise().model_copy(update={"owner": "officer-9"})
    assert owed(handled(told))["promise-4"].owner == "officer-9"


def test_asking_brings_a_promise_forward_and_asking_twice_reaches_a_supervisor() -> None:
    once = handled(promise(), chased(MONDAY + DAY))
    assert (owed(once)["promise-4"].due, owed(once)["promise-4"].owed_by) == (london(2023, 6, 7, 17), Role.OFFICER)
    twice = recorded(once, chased(MONDAY + 2 * DAY))
    assert owed(twice)["promise-4"].owed_by is Role.SUPERVISOR
    assert owed(twice)["promise-4"].due == london(2023, 6, 7, 17)


def test_asking_again_and_again_for_nothing_that_was_promised_is_one_matter() -> None:
    file = handled(*(chased(MONDAY + n * DAY) for n in range(2)))
    assert [key for key in owed(file) if key.startswith("chase")] == ["chase-4"]
    assert owed(file)["chase-4"].owed_by is Role.SUPERVISOR
    assert "chase-4" not in owed(recorded(file, contact(MONDAY + 2 * DAY)))


def test_a_contact_from_before_they_asked_answers_nothing() -> None:
    assert "chase-4" in owed(recorded(handled(chased(MONDAY + 2 * DAY)), contact(MONDAY + DAY)))


def test_a_wait_wakes_on_its_day_and_can_be_extended_but_not_for_ever() -> None:
    wait = p.WaitBegun(at=MONDAY, waiting_for=p.WaitingFor.POLICE, words="Statement.", by_when=date(2023, 6, 19))
    file = handled(wait)
    assert owed(file)["wait-4"].due == london(2023, 6, 19, 17)
    longer = p.WaitExtended(at=MONDAY + DAY, matter="wait-4", words="Rang.", by_when=date(2023, 7, 3))
    assert owed(recorded(file, longer))["wait-4"].due == london(2023, 7, 3, 17)
    with pytest.raises(DayNotAgreeable):
        recorded(file, longer.model_copy(update={"by_when": date(2025, 7, 3)}))


@pytest.mark.parametrize("closing", [Closing.UNJUSTIFIED, Closing.DEALT_WITH, Closing.MEDIATION])
def test_nothing_that_is_still_open_is_dropped_by_closing(closing: Closing) -> None:
    file = handled(promise(), p.ActionPlanned(at=MONDAY, words="Talk to him.", by_when=date(2023, 6, 9)))
    for attempt in (proposal(MONDAY + DAY), closed(MONDAY + DAY, closing)):
        with pytest.raises(CaseNotReadyToClose) as refused:
            recorded(file, attempt)
        assert refused.value.refusal.missing == ("promise", "action of the plan")


def test_a_step_names_an_open_matter_that_takes_it() -> None:
    file = handled(promise())
    with pytest.raises(
        MatterNotOpen, match=r"promise \(promise-9\)\. It can be recorded of: promise \(promise-4\)\."
    ):
        recorded(file, p.PromiseKept(at=MONDAY + DAY, matter="promise-9", words="Rang."))
    with pytest.raises(MatterNotOpen, match=r"promise \(promise-4\)\. Nothing on this case takes it now\."):
        recorded(file, p.ActionDone(at=MONDAY + DAY, matter="promise-4", words="Rang."))
    with pytest.raises(MatterNotOpen, match="This began on Monday 12 June 2023, not before"):
        recorded(handled(promise(MONDAY + 7 * DAY)), p.PromiseKept(at=MONDAY, matter="promise-4", words="Rang."))


def test_every_course_can_be_ended_and_every_step_is_some_course_s() -> None:
    known = {
        fact for course in COURSES.values() for s in course.stages.values() for fact in (*s.steps, *s.otherwise)
    }
    assert {*Step.__subclasses__(), *Heard.__subclasses__()} - {Heard} <= known
    for course in COURSES.values():
        ways = {
            name: {
                *s.steps.values(),
                *s.otherwise.values(),
                *([s.lapses_to] * s.lapses),
                *filter(None, [s.without_consent, s.falls_to]),
            }
            for name, s in course.stages.items()
        }
        reached, seen = [course.first], set()
        while reached:
            stage = reached.pop()
            seen.add(stage)
            reached += [to for to in ways[stage] if to is not None and to not in seen]
        assert seen == set(course.stages), course.kind
        assert any(None in ways[stage] for stage in seen), course.kind
    assert {course.kind for course in BEGINS.values()} == set(COURSES)


# What stays undone goes up.


def missed(file: CaseFile, key: str) -> CaseFile:
    one = owed(file)[key]
    return recorded(file, DeadlineMissed(at=one.due, key=key, row=one.row, due=one.due), recorded_at=one.due)


def test_what_stays_undone_two_days_after_its_miss_is_a_supervisor_s_and_then_a_manager_s() -> None:
    file = missed(case_of(report(MONDAY)), "first-contact")
    above = owed(file)["escalation:first-contact"]
    assert (above.owed_by, above.due) == (Role.SUPERVISOR, london(2023, 6, 14, 17))
    assert above.owed == "See to it that this is done: Contact the complainant"
    file = missed(file, "escalation:first-contact")
    top = owed(file)["escalation:escalation:first-contact"]
    assert (top.owed_by, top.owed) == (Role.MANAGER, above.owed)
    file = missed(file, "escalation:escalation:first-contact")
    assert sum("first-contact" in key for key in owed(file)) == 3
    assert not any("first-contact" in key for key in owed(recorded(file, contact(london(2023, 6, 21)))))


def test_a_review_that_was_missed_reaches_the_manager() -> None:
    assert owed(missed(case_of(report(MONDAY)), "review"))["escalation:review"].owed_by is Role.MANAGER


def test_a_miss_that_is_noticed_again_gives_nobody_above_more_time() -> None:
    file = missed(case_of(report(MONDAY)), "first-contact")
    one = owed(file)["first-contact"]
    again = DeadlineMissed(at=one.due, key=one.key, row=one.row, due=one.due)
    later = recorded(file, again, recorded_at=one.due + 3 * DAY)
    assert owed(later)["escalation:first-contact"].due == owed(file)["escalation:first-contact"].due
