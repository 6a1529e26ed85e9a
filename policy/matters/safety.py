"""Support, safer homes, emergency accommodation, hearings, and asking a GP or nurse."""

from typing import Final

from policy.company import COMPLAINANT
from policy.facts import health, hearings, home_security, safety, support
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Stage

ASKED: Final = "asked"
WITHDRAWN: Final = "withdrawn"
"""Where a contact that rests on consent stands as long as they say no. (health-contact)"""

COURSES: Final = (
    Course(
        kind=MatterKind.SUPPORT,
        row="hate-support",
        called="offer of support",
        begun_by=support.SupportOffered,
        rows_where={"domestic-abuse": lambda file, one: (one.person or COMPLAINANT) in file.domestic_abuse},
        stages={
            "offered": Stage(
                owed="Ask whether they want the support that was offered",
                days=lambda days: days.support_offered,
                steps={support.SupportAccepted: "accepted", support.SupportDeclined: None},
            ),
            "accepted": Stage(
                owed="Hand them over to the support that they want",
                days=lambda days: days.support_accepted,
                steps={support.SupportHandedOver: None},
                otherwise={support.SupportDeclined: None},
            ),
        },
    ),
    Course(
        kind=MatterKind.HOME_SECURITY,
        row="target-hardening",
        called="home security",
        begun_by=home_security.HomeSecurityAsked,
        stages={
            "asked": Stage(
                owed="Decide on the home security that was asked for",
                days=lambda days: days.security_asked,
                steps={
                    home_security.HomeSecurityAgreed: "agreed",
                    home_security.HomeSecurityFitted: None,
                    home_security.HomeSecurityRefused: None,
                },
            ),
            "agreed": Stage(
                owed="Have the home security fitted",
                days=lambda days: days.security_agreed,
                steps={home_security.HomeSecurityFitted: None},
                otherwise={home_security.HomeSecurityRefused: None},
            ),
        },
    ),
    Course(
        kind=MatterKind.ACCOMMODATION,
        row="emergency-accommodation",
        called="emergency accommodation",
        begun_by=safety.EmergencyAccommodationNeeded,
        stages={
            "needed": Stage(
                owed="Help them to ask the council for emergency accommodation",
                days=lambda days: days.accommodation_hours,
                in_hours=True,
                steps={safety.EmergencyAccommodationHelped: "asked"},
                otherwise={
                    safety.EmergencyAccommodationFound: None,
                    safety.EmergencyAccommodationDeclined: None,
                },
            ),
            "asked": Stage(
                owed="Find out what came of asking for emergency accommodation",
                days=lambda days: days.accommodation_outcome,
                steps={
                    safety.EmergencyAccommodationFound: None,
                    safety.EmergencyAccommodationRefused: None,
                    safety.EmergencyAccommodationDeclined: None,
                },
            ),
        },
    ),
    Course(
        kind=MatterKind.HEARING,
        row="witness-care",
        called="hearing",
        begun_by=hearings.HearingListed,
        stages={
            "listed": Stage(
                owed="Record what became of the hearing",
                days=lambda days: days.hearing,
                steps={hearings.HearingHeld: None, hearings.HearingVacated: None},
                otherwise={hearings.HearingAdjourned: "listed"},
                fixed=True,
            )
        },
    ),
    Course(
        kind=MatterKind.HEALTH_CONTACT,
        row="health-contact",
        called="answer from a GP or nurse",
        begun_by=health.HealthContactMade,
        stages={
            ASKED: Stage(
                owed="Ask the GP or nurse for the answer",
                days=lambda days: days.health_contact,
                steps={health.HealthContactAnswered: None},
                otherwise={health.HealthContactEnded: None},
                without_consent=WITHDRAWN,
            ),
            WITHDRAWN: Stage(
                owed="Tell the GP or nurse that the person no longer consents and that we wait for no answer",
                days=lambda days: days.health_withdrawal,
                steps={health.HealthContactEnded: None},
                otherwise={health.HealthContactAnswered: WITHDRAWN},
            ),
        },
        code="rests_on",
    ),
)
