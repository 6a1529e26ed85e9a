"""Categories are a closed list; hate needs a strand and nothing else."""

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines.victims import others_named
from policy.editions import Edition
from policy.facts.contact import ComplainantDetailsTold, ContactMade, PersonContacted
from policy.facts.reporting import HatePerception
from policy.refusals import (
    CategoryUnknown,
    ComplainantCannotBeReached,
    HateNeedsAStrand,
    IntervalNotAgreeable,
    KeyDoesNotFit,
)


def categories_are_known(keys: tuple[str, ...], edition: Edition) -> None:
    """(asb-categories, section 2)"""
    unknown = [key for key in keys if edition.category(key) is None]
    if unknown:
        known = "; ".join(f"{category.name} ({category.key})" for category in edition.categories)
        raise CategoryUnknown(f"Not a category: {', '.join(unknown)}. The categories are: {known}.")


def hate_has_a_strand(hate: HatePerception | None) -> None:
    """No evidence is asked for, only what the prejudice is about. (hate-by-perception, section 3)"""
    if hate is not None and not hate.strands:
        raise HateNeedsAStrand("Say what the prejudice is about.", missing=("what the prejudice is about",))


def details_say_how(fact: ComplainantDetailsTold) -> None:
    """Nobody's clocks are set aside by forgetting how to reach them."""
    if not fact.complainant.reachable():
        raise ComplainantCannotBeReached(
            "Give an address, an e-mail address or a telephone number.", missing=("a way to reach them",)
        )


def complainant_is_reachable(file: CaseFile) -> None:
    if not file.reachable:
        raise ComplainantCannotBeReached(
            "No address, e-mail address or telephone number was given for the complainant. If you know one now, "
            "record it first.",
            missing_facts=("complainant_details_told",),
        )


def somebody_is_reachable(file: CaseFile) -> None:
    """Whoever reported, or a victim who was named."""
    if not others_named(file):
        complainant_is_reachable(file)


def is_somebody_else(fact: PersonContacted) -> None:
    """The complainant's clocks hear of what is said to the complainant. (contact-5-working-days, section 5)"""
    if fact.person == COMPLAINANT:
        raise KeyDoesNotFit(
            "Record contact with the complainant as contact made or contact attempted, so that it counts.",
            missing_facts=("contact_made", "contact_attempted"),
        )


def interval_is_agreeable(fact: ContactMade, edition: Edition) -> None:
    """(regular-contact, section 5)"""
    longest = edition.regular_contact.longest_working_days
    if fact.every_working_days is not None and not 1 <= fact.every_working_days <= longest:
        raise IntervalNotAgreeable(f"Agree on contact every 1 to {longest} working days.")
