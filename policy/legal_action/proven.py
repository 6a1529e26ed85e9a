"""What another court has proven already: the five conditions of ground 7A, and of section 84A, which are alike.
Our reading: check with your solicitor. (ground-7a, section 5)
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from policy.facts.base import Line
from policy.frozen import Frozen
from policy.legal_action.periods import months_beginning_with
from policy.legal_action.windows import ABSOLUTE, Ground, Window, by_law


class Condition(StrEnum):
    """Which of the five was met."""

    SERIOUS_OFFENCE = "serious_offence"
    INJUNCTION_BREACHED = "injunction_breached"
    BEHAVIOUR_ORDER_BREACHED = "behaviour_order_breached"
    PREMISES_CLOSED = "premises_closed"
    NOISE_NUISANCE = "noise_nuisance"


_NEAR: Final = "It was in or near the home, or the term was there to protect people who live near it, or us."

LIMITS: Final[Mapping[Condition, str]] = {
    Condition.SERIOUS_OFFENCE: (
        "Somebody who lives in the home or visits it was convicted of an offence that Schedule 2A to the Housing"
        " Act 1985 lists, done on or after 20 October 2014, and not tried as a minor one because of its small"
        " value. It was done in or near the home, or to somebody who lives near it, or to us over our work."
    ),
    Condition.INJUNCTION_BREACHED: (
        "A court found that somebody who lives in the home or visits it broke an injunction under section 1 of the"
        " Anti-social Behaviour, Crime and Policing Act 2014, and not only a requirement to take part in an"
        f" activity. {_NEAR}"
    ),
    Condition.BEHAVIOUR_ORDER_BREACHED: (
        "Somebody who lives in the home or visits it was convicted of doing what a criminal behaviour order"
        f" forbids, and not only of leaving undone what it requires. {_NEAR}"
    ),
    Condition.PREMISES_CLOSED: (
        "A court made a closure order for the home, and by that order or the closure notice before it nobody was"
        " allowed in for more than 48 hours without a break."
    ),
    Condition.NOISE_NUISANCE: (
        "Somebody who lives in the home or visits it was convicted under section 80(4) or 82(8) of the"
        " Environmental Protection Act 1990 of breaking an abatement notice or order, over noise from the home."
    ),
}
"""What the law asks of each, beside its day. (Housing Act 1988, Schedule 2, ground 7A)"""

_MONTHS_TO_SERVE: Final = {Condition.PREMISES_CLOSED: 3}
_MONTHS_TO_SERVE_OTHERS: Final = 12


class Appeal(Frozen):
    """`ended` is when it was decided, given up or withdrawn; None while it is open."""

    ended: date | None = None


class Met(Frozen):
    """Which of the five conditions, and on what day: of the conviction, of the court's finding, or of the closure
    order; and an appeal against it, where there was one.
    """

    condition: Condition
    on: date
    appeal: Appeal | None = None

    def same_as(self, other: "Met") -> bool:
        return (self.condition, self.on) == (other.condition, other.on)

    @property
    def appeal_open(self) -> bool:
        return self.appeal is not None and self.appeal.ended is None

    @property
    def met_from(self) -> date | None:
        """None while an appeal is open: the condition is not met."""
        return self.on if self.appeal is None else self.appeal.ended


class Proven(Met):
    """By which `court`, and the `proof` of it: the certificate's or the order's reference, and where it is kept;
    whether it is `within_limits`, as the law has them for that condition.
    """

    court: Line
    proof: Line
    within_limits: bool

    @property
    def met(self) -> Met:
        """Without anybody's words."""
        return Met(condition=self.condition, on=self.on, appeal=self.appeal)


class ProvenAgainst(Frozen):
    """What a court has proven against `person`, on which no notice is proposed yet."""

    person: str
    ground: Ground
    proven: Met


def ground_7a_notice(proven: Met, ground: Ground = Ground.GROUND_7A) -> Window | None:
    """When a notice on ground 7A, or on section 84A, may be served: from the conviction, finding or closure order,
    or from the end of an appeal against it. None while an appeal is open.
    """
    if (begins := proven.met_from) is None:
        return None
    months = _MONTHS_TO_SERVE.get(proven.condition, _MONTHS_TO_SERVE_OTHERS)
    return by_law(
        opens=begins,
        closes=months_beginning_with(begins, months),
        statute=ABSOLUTE[ground],
    )
