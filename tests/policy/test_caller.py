"""Which role and teams somebody's groups give them."""

from policy.caller import STAFF_ROLES, Caller, Groups
from policy.facts.base import Actor, Role

OURS = Groups(
    roles={Role.SUPERVISOR: frozenset({"leads"}), Role.OFFICER: frozenset({"officers", "trainees"})},
    teams={"north": frozenset({"n"}), "south": frozenset({"s", "all"})},
)


def test_of_several_roles_the_first_counts() -> None:
    both = frozenset({"officers", "leads"})
    assert OURS.caller("s-1", both) == Caller(id="s-1", role=Role.SUPERVISOR)
    other_way_round = OURS.model_copy(update={"roles": dict(reversed(OURS.roles.items()))})
    assert other_way_round.caller("s-1", both) == Caller(id="s-1", role=Role.OFFICER)


def test_somebody_can_belong_to_several_teams_and_to_none() -> None:
    assert OURS.caller("s-1", frozenset({"trainees"})) == Caller(id="s-1", role=Role.OFFICER)
    both = OURS.caller("s-1", frozenset({"trainees", "n", "all"}))
    assert both is not None
    assert both.teams == {"north", "south"}


def test_a_team_is_no_role() -> None:
    assert OURS.caller("s-1", frozenset({"n", "s", "kitchen"})) is None


def test_residents_agencies_and_casework_itself_do_not_sign_in() -> None:
    assert {Role.RESIDENT, Role.AGENCY, Role.SYSTEM} == set(Role) - set(STAFF_ROLES)


def test_what_a_caller_records_names_no_team() -> None:
    caller = Caller(id="s-1", role=Role.OFFICER, teams=frozenset({"north"}))
    assert caller.actor == Actor(id="s-1", role=Role.OFFICER)
