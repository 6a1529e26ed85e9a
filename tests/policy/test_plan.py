"""The action plan and the promises can be read: who does what by when, and what became of it."""

from datetime import date, timedelta

from policy.deadlines import deadlines
from policy.facts import CaseFact
from policy.facts import promising as p
from policy.facts.ruling import DeadlineMissed
from policy.plan import Plan, plan
from tests.given import EDITION, case_of, london, report
from tests.policy.happenings import owed, recorded

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)


def read(*facts: CaseFact) -> Plan:
    file = recorded(case_of(report(MONDAY)), *facts)
    return plan(list(enumerate(facts, start=2)), deadlines(file, EDITION), "officer-1")


def planned(day: date | None = date(2023, 6, 9), owner: str | None = None) -> p.ActionPlanned:
    return p.ActionPlanned(at=MONDAY, words="Talk to him.", by_when=day, owner=owner, agreed=True)


def test_the_plan_says_who_does_what_by_when_and_whether_it_was_agreed() -> None:
    (action,) = read(planned(owner="officer-9")).actions
    assert (action.key, action.words, action.owner, action.agreed) == (
        "action-2",
        "Talk to him.",
        "officer-9",
        True,
    )
    assert (action.day_agreed, action.due, action.state) == (date(2023, 6, 9), london(2023, 6, 9, 17), "open")
    assert read(planned()).actions[0].owner == "officer-1"


def test_what_became_of_each_is_there_and_why() -> None:
    done = p.ActionDone(at=MONDAY + DAY, matter="action-2", words="He listened.")
    (action,) = read(planned(), done).actions
    assert (action.state, action.said, action.ended_at, action.due) == ("done", "He listened.", MONDAY + DAY, None)
    dropped = p.ActionDropped(at=MONDAY + DAY, matter="action-2", reasons="He moved.")
    assert read(planned(), dropped).actions[0].said == "He moved."


def test_what_was_moved_is_still_open_with_its_new_day() -> None:
    moved = p.ActionMoved(at=MONDAY + DAY, matter="action-2", reasons="Ill.", by_when=date(2023, 6, 14))
    (action,) = read(planned(), moved).actions
    assert (action.state, action.due, action.day_agreed) == ("moved", london(2023, 6, 14, 17), date(2023, 6, 14))


def test_promises_stand_beside_the_plan() -> None:
    promise = p.PromiseMade(at=MONDAY, words="We will ring.")
    told = read(promise, p.PromiseKept(at=MONDAY + DAY, matter="promise-2", words="Rang."))
    assert told.actions == ()
    assert [(one.words, one.state) for one in told.promises] == [("We will ring.", "kept")]


def test_what_was_missed_shows_as_late() -> None:
    file = recorded(case_of(report(MONDAY)), planned())
    one = owed(file)["action-2"]
    missed = DeadlineMissed(at=one.due, key=one.key, row=one.row, due=one.due)
    file = recorded(file, missed, recorded_at=one.due)
    (action,) = plan([(2, planned())], deadlines(file, EDITION), None).actions
    assert action.late
