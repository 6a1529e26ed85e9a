"""What can happen in one legal action, from its beginning to the end of an order. (legal-remedies, section 5)"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import AwareDatetime, Field

from policy.facts.base import Fact, Hour, Line, Name, Recorded, Words
from policy.facts.consequences import ABOUT
from policy.facts.proceedings import CourtDay, Known, LegalStage
from policy.facts.ruling import DeadlineMissed
from policy.frozen import Frozen
from policy.tenure import Tenure


class Basis(StrEnum):
    """Why it is for a court: a formal warning was not heeded, or what happened was very serious. (legal-test)"""

    WARNING_NOT_HEEDED = "warning_not_heeded"
    VERY_SERIOUS = "very_serious"


class LegalActionBegun(Fact):
    """As its case has proposed it in the fact `proposed`, by `proposed_by`. `remedy` is one of the edition's,
    `person` against whom, `born` where they are under 18.
    """

    fact: Literal["legal_action_begun"] = "legal_action_begun"
    proposed: Name
    proposed_by: Name
    remedy: Name
    person: Name = ABOUT
    tenure: Tenure
    born: date | None = None
    basis: Basis
    known: Known = Known()


class CaseLearnt(Fact):
    """What its case knows now."""

    fact: Literal["case_learnt"] = "case_learnt"
    known: Known


class TeamReviewed(Fact):
    """The community safety team has looked at how the case was handled. (legal-reviews, section 7)"""

    fact: Literal["team_reviewed"] = "team_reviewed"
    goes_on: bool
    words: Words


class SolicitorInstructed(Fact):
    """`by_when` is the day by which they will say."""

    fact: Literal["solicitor_instructed"] = "solicitor_instructed"
    by_when: date | None = None
    words: Words


class SolicitorChased(Fact):
    fact: Literal["solicitor_chased"] = "solicitor_chased"
    by_when: date | None = None
    words: Words


class View(StrEnum):
    """The policy's reasons for not going to court, or that there is enough. (solicitor-gate)"""

    ENOUGH = "enough"
    EVIDENCE = "evidence"
    WITNESSES = "witnesses"
    BETTER_ELSEWHERE = "better_elsewhere"


class SolicitorAnswered(Fact):
    fact: Literal["solicitor_answered"] = "solicitor_answered"
    view: View
    words: Words


class PapersIssued(Fact):
    """Proceedings have begun."""

    fact: Literal["papers_issued"] = "papers_issued"
    court: Line
    words: Words


class CourtListed(Fact):
    """The court hears us `on` that day, at that `hour` where it has said; also another than was said before, or a
    day by which it has decided. While an appeal and a breach are open, `appeal` says which of them is heard.
    """

    fact: Literal["court_listed"] = "court_listed"
    appeal: bool | None = None
    on: date
    hour: Hour | None = None


class CourtAdjourned(Fact):
    """Put off, and no day is set yet."""

    fact: Literal["court_adjourned"] = "court_adjourned"
    appeal: bool | None = None
    by_when: date | None = None
    words: Words


class CourtAsked(Fact):
    """We asked how it stands, and wait on."""

    fact: Literal["court_asked"] = "court_asked"
    appeal: bool | None = None
    by_when: date | None = None
    words: Words


OfCourt = CourtListed | CourtAdjourned | CourtAsked


class CourtOutcome(StrEnum):
    GRANTED = "granted"
    REFUSED = "refused"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class Order(Frozen):
    """Until which day it holds, where it ends by itself. Its terms stand in the fact alone."""

    until: date | None = None
    power_of_arrest: bool = False
    exclusion: bool = False


class CourtDecided(Fact):
    """The outcome is the court's. What it grants is an order, which need not end. A court that has set no day has
    decided on the papers (our reading); a hearing of which we learn afterwards is listed then. (court-decides)
    """

    fact: Literal["court_decided"] = "court_decided"
    outcome: CourtOutcome
    order: Order | None = None
    words: Words


class OrderReviewed(Fact):
    """How it is kept."""

    fact: Literal["order_reviewed"] = "order_reviewed"
    words: Words


class OrderBreached(Fact):
    fact: Literal["order_breached"] = "order_breached"
    words: Words


class BreachAnswered(Fact):
    """What follows the breach: the court is asked about it, or something else; and then what the court did. While
    one is in court and another is to be answered for, `in_court` says which of them this is about.
    """

    fact: Literal["breach_answered"] = "breach_answered"
    in_court: bool | None = None
    to_court: bool = False
    words: Words


class OrderVaried(Fact):
    """By the court; the order as it is from now on."""

    fact: Literal["order_varied"] = "order_varied"
    order: Order
    words: Words


class AppealLodged(Fact):
    """Against the decision, by either side."""

    fact: Literal["appeal_lodged"] = "appeal_lodged"
    words: Words


class AppealDecided(Fact):
    """`stands`: what the court had decided. Where it does not, the order is set aside."""

    fact: Literal["appeal_decided"] = "appeal_decided"
    stands: bool
    words: Words


class Ended(StrEnum):
    """How a legal action ended without a court's refusal."""

    GIVEN_UP = "given_up"
    EXPIRED = "expired"
    DISCHARGED = "discharged"
    SET_ASIDE = "set_aside"
    CARRIED_OUT = "carried_out"


class LegalActionEnded(Fact):
    fact: Literal["legal_action_ended"] = "legal_action_ended"
    how: Ended
    reasons: Words


class Said(Frozen):
    """What a case is to know of its legal action: where it stands since when, the day that was agreed for that,
    whether an order `holds` or was `set_aside`, and the courts' days.
    """

    stage: LegalStage
    holds: bool = False
    set_aside: bool = False
    since: AwareDatetime
    until: date | None = None
    hearing: CourtDay | None = None
    appeal_hearing: CourtDay | None = None

    @property
    def once_told(self) -> Self:
        """Nothing that was said earlier is told twice."""
        days = {"hearing": self.hearing, "appeal_hearing": self.appeal_hearing}
        return self.model_copy(update={name: _as_it_is(day) for name, day in days.items()})


def _as_it_is(day: CourtDay | None) -> CourtDay | None:
    return day.model_copy(update={"earlier": ()}) if day is not None and day.said_at is not None else None


class CaseTold(Fact):
    """Whether the case was there to be told."""

    fact: Literal["case_told"] = "case_told"
    said: Said
    reached: bool


LegalFact = Annotated[
    LegalActionBegun
    | CaseLearnt
    | TeamReviewed
    | SolicitorInstructed
    | SolicitorChased
    | SolicitorAnswered
    | PapersIssued
    | CourtListed
    | CourtAdjourned
    | CourtAsked
    | CourtDecided
    | OrderReviewed
    | OrderBreached
    | BreachAnswered
    | OrderVaried
    | AppealLodged
    | AppealDecided
    | LegalActionEnded
    | CaseTold
    | DeadlineMissed,
    Field(discriminator="fact"),
]

LEGAL_FACT_TYPES: Final[dict[str, type[Fact]]] = {
    kind.model_fields["fact"].default: kind for kind in get_args(get_args(LegalFact)[0])
}


class LegalEntry(Recorded[LegalFact]):
    """Of a legal action."""
