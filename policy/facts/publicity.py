"""Letting the neighbourhood know what was achieved. (publicise-action, sections 3 and 5)"""

from typing import Literal

from policy.facts.base import Words
from policy.facts.matters import Begun, Step


class SuccessRecorded(Begun):
    """Something worth telling was achieved. Publicity is considered. Where a court's order was set aside,
    `of_an_order` says whether it is that.
    """

    fact: Literal["success_recorded"] = "success_recorded"
    of_an_order: bool | None = None
    words: Words


class PublicityWorded(Step):
    """`words` are what would be published."""

    fact: Literal["publicity_worded"] = "publicity_worded"
    words: Words


class PublicityApproved(Step):
    """Two looks at the wording: no victim or witness is named, and nothing in it points to one."""

    fact: Literal["publicity_approved"] = "publicity_approved"
    nobody_named: bool
    nothing_points_to_them: bool
    words: Words


class PublicityDeclined(Step):
    """Nothing is published, and why."""

    fact: Literal["publicity_declined"] = "publicity_declined"
    reasons: Words


class PublicityGivenOut(Step):
    """Published, and where."""

    fact: Literal["publicity_given_out"] = "publicity_given_out"
    words: Words


Facts = SuccessRecorded | PublicityWorded | PublicityApproved | PublicityDeclined | PublicityGivenOut
