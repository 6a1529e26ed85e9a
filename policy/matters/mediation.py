"""Mediation: an offer to each side, and the referral, which outlives the case. (section 5, note 4)"""

from typing import Final

from policy.facts import mediating as facts
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Stage

COURSES: Final = (
    Course(
        kind=MatterKind.MEDIATION_OFFER,
        row="mediation",
        called="offer of mediation",
        begun_by=facts.MediationOffered,
        stages={
            "offered": Stage(
                owed="Learn whether they agree to mediation",
                days=lambda days: days.mediation_offer,
                steps={facts.MediationAgreed: None, facts.MediationDeclined: None},
                otherwise={facts.MediationEnded: None},
            )
        },
    ),
    Course(
        kind=MatterKind.MEDIATION,
        row="mediation",
        called="mediation",
        begun_by=facts.MediationReferred,
        outlives_closing=True,
        stages={
            "referred": Stage(
                owed="Ask the mediator how it stands",
                days=lambda days: days.mediation_referral,
                steps={facts.MediationEnded: None, facts.MediatorAsked: "referred"},
            )
        },
    ),
)
