"""Referrals, from their case's side: the case waits for news of what is carried on beside it. (section 4)"""

from collections.abc import Callable
from typing import Final

from policy.case_file import CaseFile, Matter
from policy.editions import of
from policy.facts import referring
from policy.facts.base import Role
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Stage
from policy.referral.codes import REFERRED, ROW_OF_KIND


def _to(kind: str) -> Callable[[CaseFile, Matter], bool]:
    def is_so(file: CaseFile, matter: Matter) -> bool:
        agency = of(file.edition).agency(matter.code or "")
        return agency is not None and agency.kind == kind

    return is_so


COURSES: Final = (
    Course(
        kind=MatterKind.REFERRAL,
        row=REFERRED,
        called="referral",
        begun_by=referring.ReferralProposed,
        code="agency",
        listed=lambda edition: edition.agencies,
        rows_where={row: _to(kind) for kind, row in ROW_OF_KIND.items()},
        stages={
            "under_way": Stage(
                owed="Find out why nothing is heard of the referral: {}",
                days=lambda days: days.referral,
                by=Role.SUPERVISOR,
                steps={
                    referring.ReferralMoved: "under_way",
                    referring.ReferralTakenUp: "taken_up",
                    referring.ReferralFinished: None,
                },
                otherwise={referring.ReferralTold: "under_way"},
            ),
            "taken_up": Stage(
                owed="Find out why nothing is heard of the referral that was taken up: {}",
                days=lambda days: days.referral,
                by=Role.SUPERVISOR,
                steps={
                    referring.ReferralMoved: "taken_up",
                    referring.ReferralTakenUp: "taken_up",
                    referring.ReferralFinished: None,
                },
                otherwise={referring.ReferralTold: "taken_up"},
                outlives_closing=True,
                tells_of=(ConsentGiven, ConsentRefused, ConsentWithdrawn),
            ),
        },
    ),
)
