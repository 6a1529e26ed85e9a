"""With the person complained about: interviews, agreements, a starter tenancy. (sections 4 and 5)"""

from typing import Final

from policy.facts import agreeing, interviewing, tenancies
from policy.facts.disability import DisabilityMeetingHeld
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Stage

COURSES: Final = (
    Course(
        kind=MatterKind.INTERVIEW,
        row="interview-perpetrator",
        called="interview",
        begun_by=interviewing.InterviewOffered,
        stages={
            "offered": Stage(
                owed="Hold the interview, or record why not",
                days=lambda days: days.interview,
                steps={
                    interviewing.InterviewHeld: None,
                    interviewing.InterviewRefused: None,
                    interviewing.InterviewFoundUnsafe: None,
                },
                otherwise={interviewing.InterviewMoved: "offered"},
            )
        },
    ),
    Course(
        kind=MatterKind.AGREEMENT,
        row="agreements",
        called="agreement",
        begun_by=agreeing.AgreementProposed,
        stages={
            "proposed": Stage(
                owed="Have the agreement signed, or record that it was refused",
                days=lambda days: days.agreement_proposed,
                steps={agreeing.AgreementSigned: "signed", agreeing.AgreementRefused: None},
            ),
            "signed": Stage(
                owed="Review the agreement, and extend it or end it when it runs out",
                days=lambda days: days.agreement_review,
                outlives_closing=True,
                tells_of=(agreeing.AgreementBreached,),
                steps={
                    agreeing.AgreementEnded: None,
                    agreeing.AgreementExtended: "signed",
                    agreeing.AgreementReviewed: "signed",
                },
            ),
        },
    ),
    Course(
        kind=MatterKind.BREACH,
        row="agreements",
        called="breach of an agreement",
        begun_by=agreeing.AgreementBreached,
        stages={
            "known": Stage(
                owed="Decide what follows the breach of the agreement",
                days=lambda days: days.breach,
                steps={agreeing.BreachDecided: None},
            )
        },
    ),
    Course(
        kind=MatterKind.STARTER_TENANCY,
        row="starter-tenancy",
        called="decision on a starter tenancy",
        begun_by=tenancies.StarterTenancyKnown,
        outlives_closing=True,
        stages={
            "running": Stage(
                owed="Decide whether the starter tenancy is passed, extended or ended",
                days=lambda days: days.starter_tenancy_before,
                counted_back=True,
                tells_of=(DisabilityMeetingHeld,),
                steps={
                    tenancies.StarterTenancyPassed: None,
                    tenancies.StarterTenancyExtended: "running",
                    tenancies.StarterTenancyEndDecided: None,
                },
            )
        },
    ),
)
