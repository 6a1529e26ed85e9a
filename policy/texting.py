"""Whom a text message suits. It says nothing but that there is something. (needs-met, section 6)"""

import re
from collections.abc import Sequence
from typing import Final

from policy.care import Need, SafeWay
from policy.facts.people import Means

_MOBILE: Final = re.compile(r"(?:(?:\+|00)440?|0)7[1-9][0-9]{8}")
_ABROAD: Final = re.compile(r"(?:\+|00)(?!44)[1-9][0-9]{6,14}")


def shows_texts(phone: str | None) -> bool:
    """Not a landline: in the United Kingdom that rings, and the text is read aloud to whoever picks up."""
    plain = re.sub(r"[\s().-]", "", phone or "")
    return bool(_MOBILE.fullmatch(plain) or _ABROAD.fullmatch(plain))


def texts_suit(
    safe: SafeWay | None, needs: Sequence[Need], asks_for: Means | None, *, can_be_written_to: bool
) -> bool:
    """They asked for it, or can be written to in no other way and need none; they read English; and it is safe at
    any hour: nobody waits at the gateway for the hours in which it would be.
    """
    needed = {means for need in needs for means in need.means}
    asked = Means.TEXT in needed or (asks_for is Means.TEXT and not needed)
    only_way = not can_be_written_to and not needed
    if any(need.in_another_language for need in needs) or not (asked or only_way):
        return False
    return safe is None or (Means.TEXT in safe.means and safe.from_time is None and safe.until_time is None)
