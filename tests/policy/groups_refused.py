"""An example of each refusal about groups of agencies: what is refused, under which row, and what is missing."""

from collections.abc import Callable
from typing import Final

from policy.facts.consent import ConsentRefused, Purpose
from tests.given import case_of, report
from tests.policy import groups_told as g
from tests.policy.happenings import recorded
from tests.policy.warned import DAY, MONDAY

GROUPS_REFUSED: Final[dict[str, tuple[Callable[[], object], str, tuple[str, ...]]]] = {
    "NobodyFromAgencies": (
        lambda: case_of(report(MONDAY), g.called(members=())),
        "multi-agency-groups",
        ("who is in it",),
    ),
    "GroupAlreadyMeets": (
        lambda: case_of(report(MONDAY), g.called(), g.called()),
        "multi-agency-groups",
        ("an end to the group that is open",),
    ),
    "GroupHasMet": (
        lambda: case_of(
            report(MONDAY),
            g.called(),
            g.held(MONDAY, "group-2"),
            g.ended(MONDAY, "group-2", none_agreed=True, never_met="So."),
        ),
        "multi-agency-groups",
        (),
    ),
    "GroupNeverMet": (
        lambda: case_of(report(MONDAY), g.called(), g.ended(MONDAY, "group-2", never_met=None)),
        "multi-agency-groups",
        ("why it never met",),
    ),
    "GroupActionsNotRecorded": (
        lambda: recorded(
            case_of(report(MONDAY), g.called()), g.held(MONDAY, "group-2"), g.arranged(MONDAY, "group-2")
        ),
        "multi-agency-groups",
        ("the actions that were agreed",),
    ),
    "GroupActionsOpen": (
        lambda: case_of(report(MONDAY), g.called(), g.agreed(MONDAY, "group-2"), g.ended(MONDAY + DAY, "group-2")),
        "multi-agency-groups",
        ("an end to each of its actions",),
    ),
    "GroupToBeToldOfRefusal": (
        lambda: case_of(
            report(MONDAY),
            g.called(),
            ConsentRefused(at=MONDAY, purpose=Purpose.REFERRAL, words="No."),
            g.ended(MONDAY + DAY, "group-2"),
        ),
        "information-sharing",
        ("that its agencies know of it",),
    ),
    "AskingMovesNoDay": (
        lambda: case_of(
            report(MONDAY), g.agreed(MONDAY, None), g.asked_after(MONDAY, "action-2", (MONDAY + DAY).date())
        ),
        "multi-agency-groups",
        (),
    ),
}
