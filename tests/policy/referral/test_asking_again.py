"""partner-referrals: an agency that does not answer is asked again, and each time by a day."""

from datetime import date

import pytest

from policy.facts import Fact, Role
from policy.facts.ruling import DeadlineMissed
from tests.given import london
from tests.policy.referral.referring import (
    ACKNOWLEDGED,
    DAY,
    GOING_WELL,
    MONDAY,
    REFERRED,
    TAKEN_UP,
    WEEK,
    chased,
    empty,
    owed,
    the_one,
    told,
)


@pytest.mark.parametrize("steps", [(), (ACKNOWLEDGED,), (TAKEN_UP,)], ids=["sent", "acknowledged", "taken up"])
def test_each_time_we_ask_gives_a_new_day_and_after_the_second_a_supervisor_asks(steps: tuple[Fact, ...]) -> None:
    file = told(empty(), *REFERRED, *steps)
    stage = file.stage
    once = told(file, chased(london(2023, 6, 12)))
    assert (the_one(once).due, the_one(once).owed_by) == (london(2023, 6, 19, 17), Role.OFFICER)
    agreed = told(file, chased(london(2023, 6, 12), date(2023, 6, 30)))
    assert the_one(agreed).due == london(2023, 6, 30, 17)
    twice = told(once, chased(london(2023, 6, 19)))
    assert (the_one(twice).due, the_one(twice).owed_by) == (london(2023, 6, 26, 17), Role.SUPERVISOR)
    assert twice.stage is stage


def test_an_answer_makes_it_the_officer_s_again() -> None:
    waiting = told(empty(), *REFERRED, chased(MONDAY + DAY), chased(MONDAY + 2 * DAY))
    assert the_one(waiting).owed_by is Role.SUPERVISOR
    answered = told(waiting, TAKEN_UP, chased(MONDAY + 3 * DAY), chased(MONDAY + 4 * DAY), GOING_WELL)
    assert the_one(answered).owed_by is Role.OFFICER
    assert the_one(answered).due == london(2023, 7, 10, 17)


def test_what_nobody_asks_goes_to_the_supervisor_and_then_to_the_manager() -> None:
    file = told(empty(), *REFERRED)
    due = the_one(file).due
    missed = told(file, DeadlineMissed(at=due, key="acknowledgement", row="support-schemes", due=due))
    above = owed(missed)["escalation:acknowledgement"]
    assert (above.owed_by, above.due) == (Role.SUPERVISOR, london(2023, 6, 14, 17))
    assert above.owed == "See to it that this is done: Ask whether the referral has arrived (Victim Support)"
    missed = told(missed, DeadlineMissed(at=above.due, key=above.key, row=above.row, due=above.due))
    assert owed(missed)["escalation:escalation:acknowledgement"].owed_by is Role.MANAGER
    assert owed(told(missed, chased(MONDAY + 2 * WEEK))).keys() == {"acknowledgement"}
