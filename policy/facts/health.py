"""Asking somebody's GP or mental health nurse."""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Name, Words
from policy.facts.consent import Basis
from policy.facts.matters import Begun, Step


class HealthWorker(StrEnum):
    GP = "gp"
    MENTAL_HEALTH_NURSE = "mental_health_nurse"


class HealthContactMade(Begun):
    """With the person's consent, or for one of the edition's lawful reasons. (health-contact, section 6)"""

    fact: Literal["health_contact_made"] = "health_contact_made"
    worker: HealthWorker
    lawful_reason: Name | None = None
    words: Words

    @property
    def rests_on(self) -> Basis:
        return Basis.CONSENT if self.lawful_reason is None else Basis.LAWFUL_REASON


class HealthContactAnswered(Step):
    fact: Literal["health_contact_answered"] = "health_contact_answered"
    words: Words


class HealthContactEnded(Step):
    """No answer is waited for any more: it is not needed, or the GP or nurse knows from us that the consent was
    taken back.
    """

    fact: Literal["health_contact_ended"] = "health_contact_ended"
    reasons: Words


Facts = HealthContactMade | HealthContactAnswered | HealthContactEnded
