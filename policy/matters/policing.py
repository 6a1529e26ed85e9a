"""Referrals to the police, and the victim's wishes passed on. (refer-criminal-to-police, community-remedy)"""

from typing import Final

from policy.facts import policing, remedies
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Stage

COURSES: Final = (
    Course(
        kind=MatterKind.POLICE_REFERRAL,
        row="refer-criminal-to-police",
        called="referral to the police",
        begun_by=policing.PoliceReferralMade,
        stages={
            "sent": Stage(
                owed="Ask the police whether they have our referral",
                days=lambda days: days.police_acknowledgement,
                steps={
                    policing.PoliceReferralAcknowledged: "acknowledged",
                    policing.PoliceReferralAnswered: None,
                    policing.PoliceReferralChased: "sent",
                },
                otherwise={policing.PoliceReferralEnded: None},
            ),
            "acknowledged": Stage(
                owed="Ask the police what came of our referral",
                days=lambda days: days.police_answer,
                steps={policing.PoliceReferralAnswered: None, policing.PoliceReferralChased: "acknowledged"},
                otherwise={policing.PoliceReferralEnded: None},
            ),
        },
        code="rests_on",
    ),
    Course(
        kind=MatterKind.REMEDY,
        row="community-remedy",
        called="what the victim wishes in place of a court",
        begun_by=remedies.RemedyWishesAsked,
        stages={
            "asked": Stage(
                owed="Learn what the victim wishes",
                days=lambda days: days.remedy_wishes,
                steps={remedies.RemedyWishesTold: "told", remedies.RemedyWishesLeft: None},
            ),
            "told": Stage(
                owed="Pass the victim's wishes on",
                days=lambda days: days.remedy_given,
                steps={remedies.RemedyWishesGiven: None},
                otherwise={remedies.RemedyWishesLeft: None},
            ),
        },
    ),
)
