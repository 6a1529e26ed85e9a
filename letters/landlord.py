"""Who writes, from the landlord's settings: the letterhead, and whom the reader is told to ring."""

from typing import Protocol

from letters.compose import Letterhead
from letters.statement import Controller
from letters.telling import Contacts


class Landlord(Protocol):
    """The settings that a letter shows."""

    @property
    def landlord_name(self) -> str: ...
    @property
    def landlord_address(self) -> tuple[str, ...]: ...
    @property
    def landlord_phone(self) -> str: ...
    @property
    def landlord_email(self) -> str: ...
    @property
    def landlord_website(self) -> str: ...
    @property
    def landlord_team(self) -> str: ...
    @property
    def landlord_data_protection_officer(self) -> str: ...
    @property
    def landlord_is_public(self) -> bool: ...
    @property
    def council_name(self) -> str: ...
    @property
    def council_case_review(self) -> str: ...


def letterhead_of(landlord: Landlord) -> Letterhead:
    return Letterhead(
        name=landlord.landlord_name,
        address_lines=landlord.landlord_address,
        phone=landlord.landlord_phone,
        email=landlord.landlord_email,
        website=landlord.landlord_website,
    )


def contacts_of(landlord: Landlord) -> Contacts:
    return Contacts(
        officer=landlord.landlord_team,
        officer_phone=landlord.landlord_phone,
        council=landlord.council_name,
        case_review=landlord.council_case_review,
    )


def controller_of(landlord: Landlord) -> Controller:
    return Controller(
        data_protection_officer=landlord.landlord_data_protection_officer, is_public=landlord.landlord_is_public
    )
