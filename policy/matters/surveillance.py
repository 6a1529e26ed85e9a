"""Cameras: asked for, authorised until a day, reviewed, and renewed or taken down. (surveillance, section 5)"""

from typing import Final

from policy.facts import surveillance as facts
from policy.facts.base import Role
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Stage

COURSES: Final = (
    Course(
        kind=MatterKind.SURVEILLANCE,
        row="surveillance",
        called="camera",
        begun_by=facts.SurveillanceAsked,
        stages={
            "asked": Stage(
                owed="Authorise or refuse the camera",
                days=lambda days: days.surveillance_asked,
                steps={facts.SurveillanceRefused: None, facts.SurveillanceAuthorised: "authorised"},
                by=Role.SUPERVISOR,
            ),
            "authorised": Stage(
                owed="Review the camera, and renew it or take it down before it runs out",
                days=lambda days: days.surveillance_review,
                steps={
                    facts.CameraTakenDown: None,
                    facts.SurveillanceRenewed: "authorised",
                    facts.SurveillanceReviewed: "authorised",
                },
            ),
        },
    ),
)
