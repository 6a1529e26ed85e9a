"""What the complainant wishes of us, where it is not the usual."""

from typing import Literal

from policy.facts.base import Fact, Words


class ContactDeclined(Fact):
    """They want no contact: no calls, visits or letters, except what they ask for. (regular-contact)"""

    fact: Literal["contact_declined"] = "contact_declined"
    words: Words


class ComplaintWithdrawn(Fact):
    """They no longer pursue it. What is serious or hate is not over by that."""

    fact: Literal["complaint_withdrawn"] = "complaint_withdrawn"
    words: Words


class AnonymityWished(Fact):
    """They are, or stay, anonymous: they need not say who they are or how to reach them."""

    fact: Literal["anonymity_wished"] = "anonymity_wished"
    words: Words


class ContactWanted(Fact):
    """They wish to hear from us and to go on after all. What was set aside counts from now."""

    fact: Literal["contact_wanted"] = "contact_wanted"
    words: Words


Facts = ContactDeclined | ComplaintWithdrawn | AnonymityWished | ContactWanted
