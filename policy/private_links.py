"""When somebody's private link to their own case opens. (ADR 28)"""

import re
from enum import StrEnum
from typing import Final

from policy.case_file import CaseFile
from policy.frozen import Frozen


class LinkPurpose(StrEnum):
    """What a link is to. Each opens no other page."""

    MY_CASE = "my-case"


class Asks(StrEnum):
    """The second fact that is asked for before anything is shown."""

    PHONE = "phone"
    POSTCODE = "postcode"


_POSTCODE: Final = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_LAST: Final = 4


class SecondFact(Frozen):
    """`answer` as it is compared: letters and digits alone."""

    asks: Asks
    answer: str

    def as_given(self, typed: str) -> str:
        """What somebody typed, without what does not matter: spaces, dashes, small letters, the digits before."""
        plain = _plain(typed)
        if self.asks is Asks.POSTCODE:
            return plain
        return "".join(one for one in plain if one.isdigit())[-_LAST:]


def opens(file: CaseFile, person: str) -> bool:
    """Not once the case has closed, nor for who is not affected by it; and not where somebody at home may read
    along: with domestic abuse, or while no safe way to reach them is known.
    """
    safe = file.safe_ways.get(person)
    nobody_safe = safe is not None and not safe.means
    return file.closed_at is None and person in file.affected and not file.domestic_abuse and not nobody_safe


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
