"""Support: offered, accepted, and handed over to whoever gives it."""

from typing import Literal

from policy.facts.base import Name, Words
from policy.facts.matters import Begun, Step


class SupportOffered(Begun):
    """`provider` is one of the edition's list."""

    fact: Literal["support_offered"] = "support_offered"
    provider: Name
    words: Words


class SupportAccepted(Step):
    fact: Literal["support_accepted"] = "support_accepted"
    words: Words


class SupportDeclined(Step):
    fact: Literal["support_declined"] = "support_declined"
    words: Words


class SupportHandedOver(Step):
    """The provider knows of them and has taken them on."""

    fact: Literal["support_handed_over"] = "support_handed_over"
    words: Words


Facts = SupportOffered | SupportAccepted | SupportDeclined | SupportHandedOver
