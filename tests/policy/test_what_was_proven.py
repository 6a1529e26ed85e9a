"""ground-7a: what a court has proven opens a window before anybody proposes a notice."""

from datetime import date

import pytest

from policy.facts import CaseFact
from policy.facts.closing import Closing
from policy.facts.grounds import GroundNotUsed, GroundProven
from policy.legal_action.proven import LIMITS, Appeal, Condition
from policy.legal_action.windows import OUR_READING, Ground
from policy.refusals import CaseNotReadyToClose
from policy.refusals.legal import GroundKnownAlready, GroundNotMet
from policy.standing import standing
from policy.tenure import Tenure
from tests.given import EDITION, SUPERVISOR, london
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.warned import (
    DAY,
    MONDAY,
    WEEKLY,
    agreed,
    appeal_ended,
    appealed,
    notice,
    proven,
    served,
    taken_back,
    to_be_warned,
)

TODAY = MONDAY.date()
KEY = "ground-3"
NOT_USED = GroundNotUsed(at=MONDAY + DAY, matter=KEY, reasons="An injunction is in force, and it is quiet.")


def known(since: date, condition: Condition = Condition.SERIOUS_OFFENCE, **more: object) -> CaseFact:
    ground = more.pop("ground", Ground.GROUND_7A)
    return GroundProven(at=MONDAY, ground=ground, proven=proven(since, condition, **more))


def proposed(**more: object) -> CaseFact:
    told = {"very_serious": "A court has found it.", "tenancy": WEEKLY} | more
    return notice(MONDAY + DAY, Ground.GROUND_7A, **told)


@pytest.mark.parametrize("condition", Condition)
def test_what_a_court_has_proven_is_decided_on_before_its_window_closes(condition: Condition) -> None:
    deadline = owed(to_be_warned(known(TODAY, condition)))[KEY]
    last, due = (
        ("Monday 4 September 2023", london(2023, 7, 7, 17))
        if condition is Condition.PREMISES_CLOSED
        else ("Tuesday 4 June 2024", london(2024, 4, 5, 17))
    )
    until = f"which can be served until {last} ({OUR_READING})"
    assert deadline.owed == f"Decide whether to serve a notice on ground 7A, {until}"
    assert (deadline.due, deadline.row) == (due, "ground-7a")


def test_one_of_which_little_is_left_is_decided_on_at_once_and_never_after_its_last_day() -> None:
    assert owed(to_be_warned(known(date(2022, 6, 12))))[KEY].due == london(2023, 6, 6, 17)
    assert owed(to_be_warned(known(date(2022, 6, 6))))[KEY].due == london(2023, 6, 5, 17)


def test_an_appeal_that_is_still_open_is_asked_after_again() -> None:
    noticed = to_be_warned(proposed(proven=proven(TODAY)))
    for before, key in ((to_be_warned(known(TODAY)), KEY), (noticed, "notice-3")):
        file = recorded(before, appealed(MONDAY + 2 * DAY, key))
        again = appealed(MONDAY + 10 * DAY, key).model_copy(update={"by_when": date(2023, 7, 28)})
        asked = recorded(file, again)
        assert (owed(file)[key].due, owed(asked)[key].due) == (london(2023, 6, 21, 17), london(2023, 7, 28, 17))


@pytest.mark.parametrize("appealed_on", [False, True], ids=["no-appeal", "appealed-meanwhile"])
def test_it_is_decided_on_again_where_its_notice_goes_no_further(*, appealed_on: bool) -> None:
    file = recorded(to_be_warned(known(TODAY)), proposed())
    assert KEY not in owed(file)
    if appealed_on:
        file = recorded(file, appealed(MONDAY + DAY, "notice-4"))
    ended = recorded(file, taken_back(MONDAY + 2 * DAY, "notice-4"))
    asks, decides = "Ask how the appeal stands", "Decide whether to serve a notice on ground 7A"
    assert owed(ended)[KEY].owed.startswith(asks if appealed_on else decides)
    assert KEY not in owed(recorded(ended, NOT_USED.model_copy(update={"at": MONDAY + 3 * DAY})))


def test_once_its_notice_is_served_it_was_decided_on() -> None:
    file = recorded(to_be_warned(known(TODAY)), proposed())
    approved = recorded(file, agreed(MONDAY + DAY, "notice-4"), by=SUPERVISOR)
    on = recorded(approved, served(MONDAY + 2 * DAY, "notice-4"))
    assert (KEY in on.matters, dict(on.proven)) == (False, {})


def test_a_decision_against_a_notice_has_its_reasons_and_no_case_closes_without_one() -> None:
    file = to_be_warned(known(TODAY))
    with pytest.raises(CaseNotReadyToClose, match="what was proven for a notice, since Monday 5 June 2023"):
        recorded(file, h.closed(MONDAY + DAY, Closing.DEALT_WITH))
    file = recorded(file, NOT_USED)
    assert KEY not in owed(file)
    assert not file.proven


@pytest.mark.parametrize("told", [None, proven(TODAY)], ids=["by itself", "told again"])
def test_a_notice_that_is_proposed_rests_on_what_is_known_and_answers_it(told: object) -> None:
    file = recorded(to_be_warned(known(TODAY)), proposed(proven=told))
    assert KEY not in owed(file)
    assert file.matters[KEY].stage == "noticed"
    (warned,) = file.warnings.values()
    assert warned.proven == proven(TODAY).met
    (now,) = standing(file, EDITION).warnings
    assert now.serve_until == date(2024, 6, 4)


def test_a_notice_on_something_else_does_not_answer_it() -> None:
    file = to_be_warned(known(TODAY))
    for other in (
        proposed(proven=proven(TODAY - DAY)),
        notice(MONDAY + DAY, Ground.GROUND_14, very_serious="Fire."),
    ):
        assert KEY in owed(recorded(file, other))
    two = recorded(file, known(TODAY, Condition.INJUNCTION_BREACHED))
    with pytest.raises(GroundNotMet, match="what has been proven"):
        recorded(two, proposed())


def test_an_appeal_holds_it_up_and_its_window_begins_again_when_that_has_ended() -> None:
    file = recorded(to_be_warned(known(TODAY)), appealed(MONDAY, KEY))
    assert owed(file)[KEY].owed == "Ask how the appeal stands that holds up a notice on ground 7A"
    assert owed(file)[KEY].due == london(2023, 6, 19, 17)
    for told in (None, proven(TODAY)):
        with pytest.raises(GroundNotMet, match="while an appeal is open"):
            recorded(file, proposed(proven=told))
    assert KEY not in owed(recorded(file, NOT_USED))
    file = recorded(file, appeal_ended(london(2023, 9, 4), KEY, date(2023, 9, 1)))
    assert owed(file)[KEY].owed.endswith(f"until Saturday 31 August 2024 ({OUR_READING})")
    late = proposed(proven=proven(TODAY)).model_copy(update={"at": london(2024, 8, 30)})
    (key,) = recorded(file, late).warnings
    assert recorded(recorded(file, late), agreed(london(2024, 8, 30), key), by=SUPERVISOR)


def test_one_that_is_under_appeal_when_we_learn_of_it_waits_from_the_first() -> None:
    file = to_be_warned(known(TODAY, appeal=Appeal()))
    assert owed(file)[KEY].owed == "Ask how the appeal stands that holds up a notice on ground 7A"
    with pytest.raises(GroundNotMet, match="is met from"):
        to_be_warned(known((MONDAY + DAY).date(), appeal=Appeal()))


def test_what_the_statute_does_not_allow_opens_no_window() -> None:
    for wrong, why in (
        (known(date(2022, 6, 5)), "could be served until Sunday 4 June 2023"),
        (known(TODAY, within_limits=False), LIMITS[Condition.SERIOUS_OFFENCE]),
        (known(TODAY, ground=Ground.GROUND_14), "opens ground 7A or the absolute ground of section 84A"),
        (known(TODAY).model_copy(update={"person": "complainant"}), "say against whom"),
    ):
        with pytest.raises(GroundNotMet, match=why):
            to_be_warned(wrong)


@pytest.mark.parametrize("fact", [known(TODAY), proposed(proven=proven(TODAY))], ids=["known", "proposed"])
def test_its_proof_stands_in_the_timeline_and_not_in_the_case_file(fact: CaseFact) -> None:
    assert "Crown Court" in fact.model_dump_json()
    for words in ("Crown Court", "Certificate"):
        assert words not in to_be_warned(fact).model_dump_json()


def test_it_is_recorded_once() -> None:
    for first in (known(TODAY), proposed(proven=proven(TODAY))):
        with pytest.raises(GroundKnownAlready, match="known on this case already"):
            recorded(to_be_warned(first), known(TODAY).model_copy(update={"at": MONDAY + DAY}))


def test_that_of_a_secure_tenant_is_section_84a() -> None:
    file = to_be_warned(known(TODAY, ground=Ground.SECURE_84A))
    assert owed(file)[KEY].owed.startswith("Decide whether to serve a notice on section 84A")
    told = {"tenure": Tenure.SECURE, "very_serious": "A court has found it.", "tenancy": WEEKLY}
    assert KEY not in owed(recorded(file, notice(MONDAY, Ground.SECURE_84A, **told)))
