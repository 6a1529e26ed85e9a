"""When somebody's private link to their own case opens. (ADR 28)"""

import re
import unicodedata
from enum import StrEnum
from typing import Final

from policy.case_file import CaseFile, Matter
from policy.company import COMPLAINANT
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind
from policy.frozen import Frozen
from policy.matters.questionnaires import was_enclosed


class LinkPurpose(StrEnum):
    """What a link is to. Each opens no other page."""

    MY_CASE = "my-case"
    DIARY = "diary"
    """One that was issued: its matter."""
    QUESTIONNAIRE = "questionnaire"


class Asks(StrEnum):
    """The second fact that is asked for before anything is shown."""

    PHONE = "phone"
    POSTCODE = "postcode"


_POSTCODE: Final = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_LAST: Final = 4
_SHORTEST: Final = 5
"""Characters of a postcode: M1 1AE."""
PRIVATE_LINK: Final = re.compile(r"\S*/(?:l|answers?)/\S+")
"""Somebody's to their case, or an agency's to its answer, as texts spell them."""


class SecondFact(Frozen):
    """`answer` as it is compared: letters and digits alone."""

    asks: Asks
    answer: str

    def as_given(self, typed: str) -> str:
        """What somebody typed, without what does not matter: spaces, dashes, small letters, the digits before;
        digits of any script.
        """
        if self.asks is Asks.POSTCODE:
            return _plain(typed)
        return "".join(str(unicodedata.digit(one)) for one in typed if one.isdecimal())[-_LAST:]

    def is_a_guess(self, typed: str) -> bool:
        """Whether it could be right: a slip of the finger is none."""
        return len(self.as_given(typed)) >= (_LAST if self.asks is Asks.PHONE else _SHORTEST)


def unsafe_for(file: CaseFile, person: str) -> str:
    """Only for who is affected; and not where somebody at home may read along: with domestic abuse, or while no
    safe way to reach them is known. Empty where it is safe, else why not, in an officer's words.
    """
    safe = file.safe_ways.get(person)
    if person not in file.affected:
        return "A private link is for somebody affected who is on the case, and they are not."
    if file.domestic_abuse:
        return "There are signs of domestic abuse: somebody at home may read along."
    if safe is not None and not safe.means:
        return "No safe way to reach them is known."
    return ""


def shut_because(file: CaseFile, purpose: LinkPurpose, person: str, matter: str | None = None) -> str:
    """The questionnaire opens once the case has closed with one, all else until then. Empty where it opens."""
    shut = unsafe_for(file, person)
    if purpose is LinkPurpose.QUESTIONNAIRE:
        if file.closed_at is None:
            shut = shut or "The case has not closed: the questionnaire opens once it has."
        elif person != COMPLAINANT or not was_enclosed(file):
            shut = shut or "The case closed without a questionnaire to them."
    elif file.closed_at is not None:
        shut = shut or "The case has closed."
    elif purpose is LinkPurpose.DIARY and diary_of(file, person, matter) is None:
        shut = (
            shut or "There is no such diary that was issued to them and is not read yet. Its `matter` says which."
        )
    return shut


def opens(file: CaseFile, purpose: LinkPurpose, person: str, matter: str | None = None) -> bool:
    return not shut_because(file, purpose, person, matter)


def link_in(file: CaseFile, kind: LetterKind, about: str, to: str) -> tuple[LinkPurpose, str | None] | None:
    """To what a letter takes whoever reads it, and which diary; None where no link would open for them. That of a
    closing letter opens once the case has closed.
    """
    found: tuple[LinkPurpose, str | None]
    match kind:
        case LetterKind.ACKNOWLEDGEMENT:
            found = LinkPurpose.MY_CASE, None
        case LetterKind.DIARY_SHEETS:
            matter = next((key for key, one in file.matters.items() if one.about == about), None)
            found = LinkPurpose.DIARY, matter
        case LetterKind.CLOSING_LETTER | LetterKind.QUESTIONNAIRE_REMINDER:
            return (LinkPurpose.QUESTIONNAIRE, None) if to == COMPLAINANT and not unsafe_for(file, to) else None
        case _:
            return None
    return found if opens(file, found[0], to, found[1]) else None


def without_links(text: str) -> str:
    """For others than whom it was written to: who has a link is asked no more than a telephone number."""
    return PRIVATE_LINK.sub("(a private link)", text)


def diary_of(file: CaseFile, person: str, matter: str | None) -> Matter | None:
    """One of theirs that was issued and has not been read yet. Where it does not say whose it is, it is the
    complainant's.
    """
    diary = file.matters.get(matter or "")
    if diary is None or diary.kind is not MatterKind.DIARY or (diary.person or COMPLAINANT) != person:
        return None
    return diary


def questions_of(file: CaseFile) -> str | None:
    """The key of the questionnaire that can still be answered."""
    return next((key for key, one in file.matters.items() if one.kind is MatterKind.QUESTIONNAIRE), None)


def second_fact(address: tuple[str, ...], phone: str | None) -> SecondFact | None:
    """Of a telephone number before an address: neighbours know each other's postcode. None where neither tells."""
    digits = "".join(one for one in phone or "" if one.isascii() and one.isdigit())
    if len(digits) >= _LAST:
        return SecondFact(asks=Asks.PHONE, answer=digits[-_LAST:])
    for line in reversed(address):
        for part in (*reversed(line.split(",")), line):
            if found := _POSTCODE.search(_plain(part)):
                return SecondFact(asks=Asks.POSTCODE, answer=found[0])
    return None


def _plain(text: str) -> str:
    return "".join(one for one in text.upper() if one.isascii() and one.isalnum())
