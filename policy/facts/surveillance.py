"""Cameras: asked for with reasons, authorised by somebody else, for a time. (surveillance, section 5)"""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Words
from policy.facts.matters import Begun, RunsOut, Step


class Method(StrEnum):
    OVERT = "overt"
    COVERT = "covert"


class Operator(StrEnum):
    LANDLORD = "landlord"
    POLICE = "police"
    COUNCIL = "council"


class SurveillanceAsked(Begun):
    """`necessity` says why nothing milder would do, `impact` what it means for whoever would be filmed."""

    fact: Literal["surveillance_asked"] = "surveillance_asked"
    method: Method
    operator: Operator = Operator.LANDLORD
    necessity: Words
    impact: Words


class SurveillanceAuthorised(Step, RunsOut):
    """Whoever records this authorises it, until the day it `ends`; `by_when` is the day of the review."""

    fact: Literal["surveillance_authorised"] = "surveillance_authorised"
    reasons: Words


class SurveillanceRefused(Step):
    fact: Literal["surveillance_refused"] = "surveillance_refused"
    reasons: Words


class SurveillanceReviewed(Step):
    """It is still needed, and why."""

    fact: Literal["surveillance_reviewed"] = "surveillance_reviewed"
    words: Words


class SurveillanceRenewed(Step, RunsOut):
    fact: Literal["surveillance_renewed"] = "surveillance_renewed"
    reasons: Words


class CameraTakenDown(Step):
    fact: Literal["camera_taken_down"] = "camera_taken_down"
    words: Words


Facts = (
    SurveillanceAsked
    | SurveillanceAuthorised
    | SurveillanceRefused
    | SurveillanceReviewed
    | SurveillanceRenewed
    | CameraTakenDown
)
