"""multi-agency-groups: a group of agencies is called, meets, and sees what it agreed on to its end."""

from datetime import date, timedelta
from typing import Final

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact, Role
from policy.facts.closing import Closing
from policy.facts.consent import ConsentGiven, Purpose
from policy.facts.disclosing import Gateway
from policy.facts.groups import GroupEnded, GroupKind
from policy.facts.parts import Part
from policy.facts.promising import ActionDropped, ActionMoved
from policy.facts.ruling import DeadlineMissed
from policy.plan import plan
from policy.refusals import CaseNotReadyToClose, DayNotAgreeable, MatterNotOpen, NotOnTheCase
from policy.refusals.groups import (
    AskingMovesNoDay,
    GroupActionsNotRecorded,
    GroupActionsOpen,
    GroupAlreadyMeets,
    GroupNeverMet,
    NobodyFromAgencies,
)
from policy.refusals.safety import AgencyUnknown, NoGateway
from policy.rules import refusal_now
from tests.given import EDITION, assessed, case_of, contact, london, report
from tests.policy import groups_told as g
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.warned import DAY, MONDAY

GROUP: Final = "group-2"
NEXT_WEEK: Final = MONDAY + 7 * DAY
YES: Final = ConsentGiven(at=MONDAY, purpose=Purpose.REFERRAL, words="Yes, talk to them.")


def called(*more: CaseFact) -> CaseFile:
    """A group under 2; each further fact counts on from 3."""
    return recorded(case_of(report(MONDAY)), g.called(), *more)


def met(*more: CaseFact) -> CaseFile:
    """A meeting a week later, under 3."""
    return recorded(called(g.held(NEXT_WEEK, GROUP)), *more)


def with_an_action(**told: object) -> CaseFile:
    """Agreed at the meeting, under 4."""
    return met(g.agreed(NEXT_WEEK, GROUP, **told))


def test_a_group_of_the_same_agencies_about_the_same_people_is_not_called_twice_while_it_is_open() -> None:
    finishing = met(g.meetings_ended(NEXT_WEEK, GROUP, none_agreed=True))
    again = ((called(), ("council", "police")), (met(), ("police",)), (finishing, ("council",)))
    for still_open, members in again:
        with pytest.raises(GroupAlreadyMeets, match=f"task-and-finish group is open already .*: {GROUP}") as why:
            recorded(still_open, g.called(NEXT_WEEK, members=members))
        assert why.value.refusal.missing == ("an end to the group that is open",)
        assert why.value.refusal.missing_facts == ("group_meeting_arranged", "group_ended")
    on_it = recorded(called(), h.taken_on(MONDAY, "witness-1", Part.WITNESS))
    others = ("police", "probation")
    for other in ({"kind": GroupKind.PANEL}, {"members": others}, {"about": ("witness-1",)}):
        assert recorded(on_it, g.called(NEXT_WEEK, **other))
    assert recorded(finishing, g.ended(NEXT_WEEK, GROUP), g.called(NEXT_WEEK))


# each stage and its day


def test_a_group_meets_within_ten_working_days_or_on_the_day_that_was_agreed() -> None:
    deadline = owed(called())[GROUP]
    assert (deadline.due, deadline.row) == (london(2023, 6, 19, 17), "multi-agency-groups")
    assert deadline.owed == "Hold the meeting of the task-and-finish group"
    panel = g.called(kind=GroupKind.PANEL, by_when=date(2023, 6, 8))
    deadline = owed(recorded(case_of(report(MONDAY)), panel))[GROUP]
    assert (deadline.due, deadline.owed) == (london(2023, 6, 8, 17), "Hold the meeting of the panel")


def test_what_a_meeting_agreed_on_is_recorded_by_the_next_working_day() -> None:
    deadline = owed(met())[GROUP]
    assert deadline.due == london(2023, 6, 13, 17)
    assert deadline.owed == (
        "Record who does what by when, as the task-and-finish group agreed, and when it meets next"
    )


def test_the_next_meeting_has_its_day_and_can_be_put_off() -> None:
    file = recorded(with_an_action(), g.arranged(NEXT_WEEK, GROUP, date(2023, 6, 28)))
    assert owed(file)[GROUP].due == london(2023, 6, 28, 17)
    put_off = recorded(file, g.arranged(london(2023, 6, 27), GROUP, date(2023, 7, 5)))
    assert owed(put_off)[GROUP].due == london(2023, 7, 5, 17)
    assert owed(recorded(with_an_action(), g.arranged(NEXT_WEEK, GROUP)))[GROUP].due == london(2023, 6, 26, 17)
    with pytest.raises(DayNotAgreeable):
        recorded(file, g.arranged(london(2023, 6, 27), GROUP, date(2023, 6, 26)))


def test_where_no_further_meeting_is_needed_what_was_agreed_is_seen_to_its_end() -> None:
    file = recorded(with_an_action(), g.meetings_ended(NEXT_WEEK, GROUP))
    assert owed(file)[GROUP].due == london(2023, 7, 10, 17)
    assert owed(file)[GROUP].owed == (
        "See what was agreed to its end, and record what the task-and-finish group achieved"
    )
    agreed = recorded(with_an_action(), g.meetings_ended(NEXT_WEEK, GROUP, date(2023, 6, 30)))
    assert owed(agreed)[GROUP].due == london(2023, 6, 30, 17)
    longer = recorded(file, g.meetings_ended(NEXT_WEEK + DAY, GROUP, date(2023, 8, 1)))
    assert owed(longer)[GROUP].due == london(2023, 8, 1, 17)
    again = recorded(file, g.arranged(NEXT_WEEK + DAY, GROUP, date(2023, 6, 28)))
    assert owed(again)[GROUP].owed == "Hold the meeting of the task-and-finish group"
    over = recorded(file, g.done(NEXT_WEEK + DAY, "action-4"), g.ended(NEXT_WEEK + DAY, GROUP))
    assert not {GROUP, "action-4"} & owed(over).keys()
    assert over.groups == {}


def test_one_that_was_called_before_is_recorded_also_after_what_was_called_later() -> None:
    assert recorded(case_of(report(MONDAY), g.called(NEXT_WEEK)), g.called(MONDAY), recorded_at=NEXT_WEEK)


def test_a_group_that_never_met_does_not_end_without_saying_why() -> None:
    at_once = g.ended(NEXT_WEEK, GROUP)
    no_more = called(g.meetings_ended(NEXT_WEEK, GROUP))
    for never in (called(), no_more):
        with pytest.raises(GroupNeverMet, match="task-and-finish group has not met") as refused:
            recorded(never, at_once)
        assert refused.value.refusal.missing_facts == ("group_meeting_held",)
        assert recorded(never, g.ended(NEXT_WEEK, GROUP, never_met="Nobody came.")).groups == {}
    assert recorded(met(), g.ended(NEXT_WEEK, GROUP, none_agreed=True)).groups == {}


def test_a_meeting_that_is_not_held_is_missed_and_goes_to_a_supervisor() -> None:
    file = missed(called(), GROUP)
    assert owed(file)[f"escalation:{GROUP}"].owed_by is Role.SUPERVISOR


def missed(file: CaseFile, key: str) -> CaseFile:
    one = owed(file)[key]
    fact = DeadlineMissed(at=one.due, key=key, row=one.row, due=one.due)
    return recorded(file, fact, recorded_at=one.due)


# who is in it, and what allows it


def test_its_members_and_whoever_comes_are_agencies_of_the_edition() -> None:
    with pytest.raises(NobodyFromAgencies, match="who is in it"):
        case_of(report(MONDAY), g.called(members=()))
    with pytest.raises(AgencyUnknown, match="The community safety unit"):
        case_of(report(MONDAY), g.called(members=("police", "a_newspaper")))
    with pytest.raises(NobodyFromAgencies, match="who came"):
        called(g.held(NEXT_WEEK, GROUP, came=()))
    with pytest.raises(AgencyUnknown):
        called(g.held(NEXT_WEEK, GROUP, came=("a_newspaper",)))
    assert called(g.held(NEXT_WEEK, GROUP, came=("probation",))), "somebody may come who was not asked at first"


def test_a_group_is_told_of_nobody_without_a_gateway() -> None:
    with pytest.raises(NoGateway, match="about whom"):
        case_of(report(MONDAY), g.called(about=()))
    with pytest.raises(NotOnTheCase):
        case_of(report(MONDAY), g.called(about=("witness-4",)))
    with pytest.raises(NoGateway, match="which protocol"):
        case_of(report(MONDAY), g.called(gateway=Gateway.PROTOCOL))
    with pytest.raises(NoGateway, match="the complainant"):
        case_of(report(MONDAY), g.called(gateway=Gateway.CONSENT))
    assert case_of(report(MONDAY), YES, g.called(gateway=Gateway.CONSENT))


def test_a_meeting_is_still_recorded_when_somebody_has_left_the_case() -> None:
    file = recorded(case_of(report(MONDAY), h.taken_on(MONDAY, "witness-1", Part.WITNESS)))
    file = recorded(file, g.called(about=("complainant", "witness-1")), h.left(MONDAY, "witness-1"))
    assert recorded(file, g.held(NEXT_WEEK, "group-3"))


def test_an_action_is_of_an_agency_that_is_in_the_group_or_came() -> None:
    with pytest.raises(NobodyFromAgencies, match="Probation is not in the group"):
        met(g.agreed(NEXT_WEEK, GROUP, agency="probation"))
    assert called(g.held(NEXT_WEEK, GROUP, came=("probation",)), g.agreed(NEXT_WEEK, GROUP, agency="probation"))
    assert met(g.arranged(NEXT_WEEK, GROUP, members=("probation",), none_agreed=True))


# its actions


def test_what_was_agreed_does_not_stay_in_the_minutes() -> None:
    for going_on in (g.arranged, g.meetings_ended, g.ended):
        with pytest.raises(GroupActionsNotRecorded) as refused:
            met(going_on(NEXT_WEEK, GROUP))
        assert refused.value.refusal.missing_facts == ("action_planned",)
        assert met(going_on(NEXT_WEEK, GROUP, none_agreed=True))
    assert recorded(with_an_action(), g.arranged(NEXT_WEEK, GROUP))


def test_an_action_of_the_meeting_before_or_of_nobody_is_none_of_this_one() -> None:
    file = recorded(with_an_action(), g.arranged(NEXT_WEEK, GROUP), g.held(NEXT_WEEK + DAY, GROUP))
    with pytest.raises(GroupActionsNotRecorded):
        recorded(file, g.arranged(NEXT_WEEK + DAY, GROUP))
    with pytest.raises(GroupActionsNotRecorded):
        met(g.agreed(NEXT_WEEK, None), g.arranged(NEXT_WEEK, GROUP))


def test_an_action_that_was_written_down_during_the_meeting_counts() -> None:
    early = g.agreed(NEXT_WEEK - timedelta(hours=1), GROUP)
    assert recorded(called(early), g.held(NEXT_WEEK, GROUP), g.arranged(NEXT_WEEK, GROUP))


def test_an_action_stands_under_its_group_with_an_agency_or_one_of_us_and_a_day() -> None:
    deadline = owed(with_an_action(by_when=date(2023, 6, 16)))["action-4"]
    assert (deadline.due, deadline.row) == (london(2023, 6, 16, 17), "multi-agency-groups")
    assert deadline.owed == "See that the planned action is carried out"
    assert owed(with_an_action())["action-4"].due == london(2023, 6, 26, 17)
    assert owed(with_an_action(agency=None, owner="officer-9"))["action-4"].owner == "officer-9"
    assert owed(called(g.agreed(MONDAY, None)))["action-3"].row == "regular-contact"


def test_an_action_is_of_an_agency_of_the_edition_and_of_a_group_that_has_not_ended() -> None:
    with pytest.raises(AgencyUnknown):
        with_an_action(agency="a_newspaper")
    with pytest.raises(MatterNotOpen, match=r"group-9 is not a group .* There are: group-2"):
        met(g.agreed(NEXT_WEEK, "group-9"))
    over = recorded(called(), g.ended(MONDAY + DAY, GROUP, never_met="Nobody came."))
    with pytest.raises(MatterNotOpen, match="There are: none"):
        recorded(over, g.agreed(MONDAY + DAY, GROUP))


def test_asking_after_an_action_moves_no_day_and_asking_twice_reaches_a_supervisor() -> None:
    file = with_an_action(by_when=date(2023, 6, 16))
    once = recorded(file, g.asked_after(NEXT_WEEK + DAY, "action-4"))
    assert (owed(once)["action-4"].due, owed(once)["action-4"].owed_by) == (london(2023, 6, 16, 17), Role.OFFICER)
    twice = recorded(once, g.asked_after(NEXT_WEEK + 2 * DAY, "action-4"))
    assert owed(twice)["action-4"].due == london(2023, 6, 16, 17)
    assert owed(twice)["action-4"].owed_by is Role.SUPERVISOR
    with pytest.raises(AskingMovesNoDay):
        recorded(file, g.asked_after(NEXT_WEEK + DAY, "action-4", date(2023, 6, 30)))


def test_an_action_that_was_missed_stays_so_however_often_somebody_asks() -> None:
    file = missed(with_an_action(by_when=date(2023, 6, 16)), "action-4")
    asked = recorded(file, g.asked_after(london(2023, 6, 19), "action-4"))
    assert owed(asked)["action-4"].noticed_at == london(2023, 6, 16, 17)
    assert owed(asked)["escalation:action-4"].due == owed(file)["escalation:action-4"].due
    assert owed(asked)["escalation:action-4"].owed_by is Role.SUPERVISOR


def test_neither_the_group_nor_the_case_ends_while_one_of_its_actions_is_open() -> None:
    file = recorded(with_an_action(), contact(NEXT_WEEK), assessed(NEXT_WEEK))
    file = recorded(file, g.meetings_ended(NEXT_WEEK, GROUP))
    with pytest.raises(GroupActionsOpen, match="An action of the group is still open"):
        recorded(file, g.ended(NEXT_WEEK + DAY, GROUP))
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, h.closed(NEXT_WEEK + DAY, Closing.DEALT_WITH))
    assert refused.value.refusal.missing == ("group of agencies", "action of the plan")
    ways = (
        g.done(NEXT_WEEK + DAY, "action-4"),
        g.refused(NEXT_WEEK + DAY, "action-4"),
        ActionDropped(at=NEXT_WEEK + DAY, matter="action-4", reasons="He has moved."),
    )
    for way in ways:
        over = recorded(file, way, g.ended(NEXT_WEEK + DAY, GROUP))
        assert recorded(over, h.closed(NEXT_WEEK + 2 * DAY, Closing.DEALT_WITH)).closed_at is not None
    later = ActionMoved(at=NEXT_WEEK + DAY, matter="action-4", reasons="A week more.", by_when=date(2023, 6, 30))
    with pytest.raises(GroupActionsOpen):
        recorded(file, later, g.ended(NEXT_WEEK + DAY, GROUP))


def test_ending_a_group_is_offered_once_nothing_of_one_is_open() -> None:
    assert refusal_now(called(), GroupEnded, EDITION) is None
    refused = refusal_now(called(g.agreed(MONDAY, GROUP), g.agreed(MONDAY, GROUP)), GroupEnded, EDITION)
    assert refused is not None
    assert refused.sentence.startswith("2 actions of the group are still open.")
    two = called(g.agreed(MONDAY, GROUP), g.called(kind=GroupKind.PANEL))
    assert refusal_now(two, GroupEnded, EDITION) is None
    with pytest.raises(GroupActionsOpen):
        recorded(two, g.ended(MONDAY, GROUP))
    assert recorded(two, g.ended(MONDAY, "group-4", never_met="Nobody came."))


def test_a_case_does_not_close_over_a_group_that_has_not_ended() -> None:
    file = recorded(called(), contact(MONDAY), assessed(MONDAY))
    with pytest.raises(CaseNotReadyToClose, match="group of agencies, since Monday 5 June 2023"):
        recorded(file, h.closed(MONDAY + DAY, Closing.DEALT_WITH))


def test_the_plan_says_which_agency_does_it_and_that_it_refused() -> None:
    facts = [(4, g.agreed(NEXT_WEEK, GROUP)), (5, g.refused(NEXT_WEEK + DAY, "action-4"))]
    (line,) = plan(facts, [], "officer-1").actions
    assert (line.agency, line.group, line.state) == ("police", GROUP, "refused")
    assert (line.said, line.ended_at) == ("They have nobody to send.", NEXT_WEEK + DAY)


def test_an_action_of_a_group_is_somebody_s_of_ours_or_an_agency_s() -> None:
    file = recorded(case_of(report(MONDAY), g.called()), g.held(MONDAY, "group-2"))
    nobody_s = g.agreed(MONDAY, "group-2", agency=None)
    with pytest.raises(NobodyFromAgencies, match="Say who does it") as refused:
        recorded(file, nobody_s)
    assert refused.value.refusal.missing == ("who does it",)
    assert recorded(file, nobody_s.model_copy(update={"owner": "officer-2"}))
    assert recorded(file, nobody_s.model_copy(update={"group": None})), "our own plan's are the case's officer's"
