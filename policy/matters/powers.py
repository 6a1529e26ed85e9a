"""Powers that others hold. (closure-notice, community-protection-notice, other-powers, partner-led-action)"""

from typing import Final

from policy.facts import powers
from policy.facts.matters import MatterKind
from policy.legal_action.limits import closure_hearing
from policy.matters.base import Course, Stage

PROTECTION_NOTICE: Final = "community_protection_notice"
PARTNER_LED: Final = "partner_led_action"
TO_BE_USED: Final = ("asked", "agreed")
COURSES: Final = (
    Course(
        kind=MatterKind.POWER,
        row="other-powers",
        called="request for another's powers",
        begun_by=powers.PowerAsked,
        code="power",
        rows_where={
            "community-protection-notice": lambda _, matter: matter.code == PROTECTION_NOTICE,
            "partner-led-action": lambda _, matter: matter.code == PARTNER_LED,
        },
        in_words={
            PROTECTION_NOTICE: "the community protection notice",
            PARTNER_LED: "the action that another agency leads",
            "dispersal": "the dispersal of a group",
            "public_spaces_protection_order": "the public spaces protection order",
            "criminal_behaviour_order": "the criminal behaviour order",
            "health_or_social_services": "action by health or social services",
        },
        stages={
            "asked": Stage(
                owed="Ask for an answer to our request: {}",
                days=lambda days: days.power_asked,
                steps={
                    powers.PowerAgreed: "agreed",
                    powers.PowerRefused: None,
                    powers.PowerUsed: "used",
                    powers.PowerChased: "asked",
                },
                otherwise={powers.PowerEnded: None},
            ),
            "agreed": Stage(
                owed="Ask how it stands: {}",
                days=lambda days: days.power_agreed,
                steps={powers.PowerUsed: "used", powers.PowerChased: "agreed"},
                otherwise={powers.PowerEnded: None},
            ),
            "used": Stage(
                owed="See whether it works: {}",
                days=lambda days: days.power_used,
                steps={powers.PowerEnded: None, powers.PowerChased: "used"},
            ),
        },
    ),
    Course(
        kind=MatterKind.CLOSURE,
        row="closure-notice",
        called="closure of a home",
        begun_by=powers.ClosureAsked,
        stages={
            "asked": Stage(
                owed="Ask for an answer to our request for a closure notice",
                days=lambda days: days.closure_asked,
                steps={
                    powers.ClosureNoticeServed: "notice",
                    powers.PowerRefused: None,
                    powers.PowerChased: "asked",
                },
                otherwise={powers.PowerEnded: None},
            ),
            "notice": Stage(
                owed="Learn what the court decided on the closure",
                days=lambda days: days.closure_asked,
                by_law=closure_hearing,
                steps={powers.ClosureOrderMade: "closed", powers.PowerEnded: None},
            ),
            "closed": Stage(
                owed="Decide what follows the closure order before it ends",
                days=lambda days: days.closure_before,
                counted_back=True,
                steps={powers.ClosureOrderExtended: "closed", powers.PowerEnded: None},
            ),
        },
    ),
)
