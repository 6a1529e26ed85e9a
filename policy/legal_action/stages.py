"""The stages of a legal action: what is owed at each, and what may be recorded there. (section 5)"""

from collections.abc import Mapping
from typing import Final

from policy.facts.base import Role
from policy.facts.proceedings import LegalStage
from policy.legal_action import facts
from policy.procedures.base import Stage

STAGES: Final[Mapping[LegalStage, Stage]] = {
    LegalStage.PROPOSED: Stage(
        "team-review",
        "legal-reviews",
        "Review how the case was handled before it goes to the solicitor",
        lambda edition: edition.legal.days.team_review,
        steps=(facts.TeamReviewed,),
        otherwise=(facts.LegalActionEnded,),
        by=Role.SUPERVISOR,
    ),
    LegalStage.REVIEWED: Stage(
        "solicitor",
        "solicitor-gate",
        "Ask the solicitor whether there is enough evidence",
        lambda edition: edition.legal.days.instruct,
        steps=(facts.SolicitorInstructed,),
        otherwise=(facts.LegalActionEnded,),
    ),
    LegalStage.WITH_SOLICITOR: Stage(
        "solicitor",
        "solicitor-gate",
        "Ask the solicitor for their view",
        lambda edition: edition.legal.days.solicitor,
        steps=(facts.SolicitorAnswered, facts.SolicitorChased),
        otherwise=(facts.LegalActionEnded,),
    ),
    LegalStage.ADVISED_AGAINST: Stage(
        "advice",
        "solicitor-gate",
        "Decide what else is done, since the solicitor advises against going to court",
        lambda edition: edition.legal.days.advised_against,
        steps=(facts.LegalActionEnded, facts.SolicitorInstructed),
    ),
    LegalStage.READY: Stage(
        "papers",
        "legal-remedies",
        "See that the papers are issued",
        lambda edition: edition.legal.days.papers,
        steps=(facts.PapersIssued,),
        otherwise=(facts.LegalActionEnded,),
    ),
    LegalStage.ISSUED: Stage(
        "listing",
        "court-decides",
        "Ask the court when it hears us",
        lambda edition: edition.legal.days.listing,
        steps=(facts.CourtListed, facts.CourtDecided, facts.CourtAsked),
        otherwise=(facts.LegalActionEnded,),
    ),
    LegalStage.LISTED: Stage(
        "hearing",
        "court-decides",
        "Record what the court decided, or the next day",
        lambda edition: edition.legal.days.listing,
        steps=(facts.CourtDecided, facts.CourtListed, facts.CourtAdjourned, facts.CourtAsked),
        otherwise=(facts.LegalActionEnded,),
    ),
    LegalStage.REFUSED: Stage(
        "refusal",
        "court-decides",
        "Decide what follows the court's refusal",
        lambda edition: edition.legal.days.refused,
        steps=(facts.LegalActionEnded, facts.AppealLodged),
        otherwise=(facts.CourtListed,),
    ),
    LegalStage.IN_FORCE: Stage(
        "order",
        "legal-remedies",
        "See whether the order is kept",
        lambda edition: edition.legal.days.order,
        steps=(facts.OrderReviewed, facts.OrderBreached, facts.OrderVaried, facts.LegalActionEnded),
        otherwise=(facts.AppealLodged, facts.CourtListed),
    ),
    LegalStage.BREACHED: Stage(
        "breach",
        "legal-remedies",
        "Decide what follows the breach of the order",
        lambda edition: edition.legal.days.breach,
        steps=(facts.BreachAnswered, facts.CourtListed, facts.OrderVaried),
        otherwise=(
            facts.OrderReviewed,
            facts.OrderBreached,
            facts.CourtAdjourned,
            facts.CourtAsked,
            facts.AppealLodged,
            facts.LegalActionEnded,
        ),
    ),
    LegalStage.BREACH_IN_COURT: Stage(
        "breach-hearing",
        "court-decides",
        "Record as the answer to the breach what the court did about it, or ask when it hears us",
        lambda edition: edition.legal.days.listing,
        steps=(facts.BreachAnswered, facts.CourtListed, facts.CourtAdjourned, facts.CourtAsked),
        otherwise=(
            facts.OrderReviewed,
            facts.OrderBreached,
            facts.OrderVaried,
            facts.AppealLodged,
            facts.LegalActionEnded,
        ),
    ),
    LegalStage.APPEALED: Stage(
        "appeal",
        "court-decides",
        "Ask how the appeal stands",
        lambda edition: edition.legal.days.appeal,
        steps=(facts.AppealDecided, facts.CourtAsked),
        otherwise=(
            facts.CourtListed,
            facts.CourtAdjourned,
            facts.OrderReviewed,
            facts.OrderBreached,
            facts.BreachAnswered,
            facts.OrderVaried,
            facts.LegalActionEnded,
        ),
    ),
}
