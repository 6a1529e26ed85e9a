"""Contact with the complainant and others, and what a serious case must be offered at once."""

from typing import Literal

from policy.facts.base import Fact, Moment, Name, Words
from policy.facts.people import Means, Person


class ComplainantDetailsTold(Fact):
    """How to reach the complainant, told or corrected later. It replaces what was known of them."""

    fact: Literal["complainant_details_told"] = "complainant_details_told"
    complainant: Person


class ContactMade(Fact):
    """We reached the complainant. `every_working_days` is the interval agreed with them from now on;
    `interpreter`: one was there.
    """

    fact: Literal["contact_made"] = "contact_made"
    means: Means
    words: Words
    every_working_days: int | None = None
    interpreter: bool = False


class ContactAttempted(Fact):
    """We tried and did not reach them. Stops no clock."""

    fact: Literal["contact_attempted"] = "contact_attempted"
    means: Means
    words: Words


class PersonContacted(Fact):
    """We contacted somebody else on the case, and reached them unless it says not. `interpreter`: one was there.
    It stops none of the complainant's clocks.
    """

    fact: Literal["person_contacted"] = "person_contacted"
    person: Name
    means: Means
    words: Words
    reached: bool = True
    interpreter: bool = False


class AppointmentOffered(Fact):
    """The victim was offered an appointment; `appointment_at` may lie ahead. `person` is whom we spoke to."""

    fact: Literal["appointment_offered"] = "appointment_offered"
    person: Name = "complainant"
    means: Means
    appointment_at: Moment
    words: Words


class PoliceAdvised(Fact):
    """The victim was advised to ring the police. `person` is whom we spoke to."""

    fact: Literal["police_advised"] = "police_advised"
    person: Name = "complainant"
    means: Means
    words: Words


Facts = (
    ComplainantDetailsTold | ContactMade | ContactAttempted | PersonContacted | AppointmentOffered | PoliceAdvised
)
