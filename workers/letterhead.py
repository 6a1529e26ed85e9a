"""Who writes, and whom readers may turn to: as the settings have it."""

from letters.compose import Letterhead
from letters.telling import Contacts
from runtime.settings import Settings


def letterhead(wanted: Settings) -> Letterhead:
    return Letterhead(
        name=wanted.landlord_name,
        address_lines=wanted.landlord_address,
        phone=wanted.landlord_phone,
        email=wanted.landlord_email,
        website=wanted.landlord_website,
    )


def contacts(wanted: Settings) -> Contacts:
    return Contacts(
        officer=wanted.landlord_team,
        officer_phone=wanted.landlord_phone,
        council=wanted.council_name,
        case_review=wanted.council_case_review,
    )
