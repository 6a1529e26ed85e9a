"""Legal action, from its case's side: the case waits for news of what is carried on beside it. (section 5)"""

from typing import Final

from policy.facts import proceedings
from policy.facts.base import Role
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Stage

IN_FORCE: Final = "in_force"

COURSES: Final = (
    Course(
        kind=MatterKind.LEGAL_ACTION,
        row="legal-remedies",
        called="legal action",
        begun_by=proceedings.LegalActionProposed,
        code="remedy",
        in_words={
            "possession": "possession",
            "demotion": "demotion of the tenancy",
            "injunction": "an injunction",
            "injunction_with_arrest_or_exclusion": "an injunction with exclusion or a power of arrest",
        },
        stages={
            "under_way": Stage(
                owed="Find out why nothing is heard of the legal action: {}",
                days=lambda days: days.legal_action,
                by=Role.SUPERVISOR,
                steps={
                    proceedings.LegalActionMoved: "under_way",
                    proceedings.LegalOrderMade: IN_FORCE,
                    proceedings.LegalActionFinished: None,
                    proceedings.LegalActionStopped: None,
                },
                otherwise={proceedings.LegalActionTold: "under_way"},
            ),
            IN_FORCE: Stage(
                owed="Find out why nothing is heard of the court's order: {}",
                days=lambda days: days.legal_action,
                by=Role.SUPERVISOR,
                steps={
                    proceedings.LegalOrderMade: IN_FORCE,
                    proceedings.LegalActionFinished: None,
                    proceedings.LegalActionStopped: None,
                },
                otherwise={proceedings.LegalActionTold: IN_FORCE},
                outlives_closing=True,
            ),
        },
    ),
)
