"""ground-7a: what is learnt late, told by a notice, or was proven against somebody else after all."""

from datetime import date

import pytest

from policy.facts import CaseFact
from policy.facts.parts import Leaving
from policy.legal_action.proven import Appeal
from policy.legal_action.windows import OUR_READING
from policy.refusals.legal import GroundNotMet
from tests.given import SUPERVISOR, london
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.test_what_was_proven import KEY, TODAY, known, proposed
from tests.policy.warned import (
    DAY,
    MONDAY,
    agreed,
    appeal_ended,
    appealed,
    proven,
    served,
    taken_back,
    to_be_warned,
)

LONG_AGO = date(2022, 1, 10)
ENDED_LONG_AGO = appeal_ended(MONDAY + DAY, KEY, date(2022, 5, 2))
PERSON, SOMEBODY_ELSE = (f"5f0c4f3e-8f0e-4c8e-9a51-00000000000{n}" for n in (1, 2))


@pytest.mark.parametrize(
    "told",
    [
        ENDED_LONG_AGO,
        appeal_ended(MONDAY + DAY, KEY, date(2022, 6, 8)),
        appeal_ended(MONDAY, KEY, date(2022, 6, 6)),
    ],
    ids=["too long ago", "just in time", "written down late"],
)
def test_an_appeal_that_ended_long_before_we_learnt_of_it_leaves_time_to_decide(told: CaseFact) -> None:
    file = recorded(to_be_warned(known(LONG_AGO, appeal=Appeal())), told, recorded_at=MONDAY + DAY)
    if told is ENDED_LONG_AGO:
        assert owed(file)[KEY].owed.endswith(f"until Monday 1 May 2023 ({OUR_READING})")
    assert owed(file)[KEY].due == london(2023, 6, 7, 17)


def test_a_notice_that_goes_no_further_near_the_end_of_the_window_leaves_time_to_decide_again() -> None:
    file = recorded(to_be_warned(known(date(2022, 6, 26))), proposed())
    back = recorded(file, taken_back(london(2023, 6, 22), "notice-4"))
    assert owed(back)[KEY].due == london(2023, 6, 23, 17)
    lapsed = recorded(file, taken_back(london(2023, 6, 28), "notice-4"))
    assert owed(lapsed)[KEY].due == london(2023, 6, 29, 17)


@pytest.mark.parametrize("appeal", [Appeal(), None], ids=["open as we knew", "not known of"])
def test_a_notice_may_tell_of_an_appeal_that_has_ended(appeal: Appeal | None) -> None:
    on = date(2023, 1, 9)
    file = to_be_warned(known(on, appeal=appeal))
    ended = proven(on, appeal=Appeal(ended=date(2023, 5, 2)))
    noticed = recorded(file, proposed(proven=ended))
    assert noticed.warnings["notice-4"].proven == ended.met
    assert noticed.proven[KEY].proven == ended.met
    assert KEY not in owed(noticed)
    after = recorded(noticed, agreed(MONDAY + DAY, "notice-4"), by=SUPERVISOR)
    assert KEY not in recorded(after, served(MONDAY + DAY, "notice-4")).matters
    with pytest.raises(GroundNotMet, match="while an appeal is open"):
        recorded(file, proposed(proven=proven(on, appeal=Appeal())))


def test_a_notice_puts_right_no_end_of_an_appeal_that_is_recorded() -> None:
    file = recorded(to_be_warned(known(LONG_AGO, appeal=Appeal())), appeal_ended(MONDAY, KEY, date(2022, 6, 8)))
    assert recorded(file, proposed(proven=proven(LONG_AGO, appeal=Appeal(ended=date(2022, 6, 8)))))
    with pytest.raises(GroundNotMet, match="ended on Wednesday 8 June 2022") as refused:
        recorded(file, proposed(proven=proven(LONG_AGO, appeal=Appeal(ended=date(2023, 5, 2)))))
    assert refused.value.refusal.missing_facts == ("ground_appealed",)


def test_how_an_appeal_stands_is_asked_from_when_the_notice_went_no_further() -> None:
    file = recorded(to_be_warned(known(date(2023, 1, 9))), proposed(), appealed(MONDAY + DAY, "notice-4"))
    assert KEY not in owed(file)
    back = recorded(file, taken_back(MONDAY + 30 * DAY, "notice-4"))
    assert owed(back)[KEY].due > london(2023, 7, 5)


@pytest.mark.parametrize("appealed_first", [True, False], ids=["appealed", "decided on"])
@pytest.mark.parametrize("left", [False, True], ids=["somebody else", "never there"])
def test_what_was_proven_against_somebody_who_was_taken_for_another_is_decided_on_no_more(
    *, appealed_first: bool, left: bool
) -> None:
    file = to_be_warned(h.identified(MONDAY, "perpetrator-1", PERSON), known(TODAY))
    key = "ground-4"
    if appealed_first:
        file = recorded(file, appealed(MONDAY, key))
    assert key in owed(file)
    gone = h.left(MONDAY + DAY, "perpetrator-1", Leaving.BY_MISTAKE)
    after = recorded(file, gone if left else h.identified(MONDAY + DAY, "perpetrator-1", SOMEBODY_ELSE))
    assert (key in after.matters, key in owed(after), after.proven) == (False, False, {})
    if not left:
        again = known(TODAY).model_copy(update={"at": MONDAY + 2 * DAY})
        assert f"ground-{after.seq + 1}" in owed(recorded(after, again))
