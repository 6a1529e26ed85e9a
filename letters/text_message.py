"""What a text message says: who writes, which reference, and what to ring. Nothing of what it is about, since it
shows on a locked telephone, to whoever holds it.
"""

import unicodedata
from typing import Final

LONGEST: Final = 160
"""Characters of GSM-7 that go as one message."""

GSM_7: Final = frozenset(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The basic set of GSM 03.38: a character each. With one that is not in it 70 would be all that fit."""

_SAYS: Final = {
    True: "{name}: we are writing to you. Your reference is {ref}. Questions? Ring {phone}.",
    False: "{name}: please ring us on {phone} when it suits you. Your reference is {ref}.",
}
"""By whether a letter follows. A private link to their own case would be a third part of both, where it fits."""


def text_of(name: str, phone: str, ref: str, *, letter_follows: bool) -> str:
    """At most 160 characters of GSM-7: a name that is too long ends in a full stop where it must."""
    says = _SAYS[letter_follows]
    phone = _plain(phone)
    room = LONGEST - len(says.format(name="", phone=phone, ref=ref))
    name = _plain(name)
    if len(name) > room:
        name = name[: room - 1].rstrip() + "."
    return says.format(name=name, phone=phone, ref=ref)


def _plain(text: str) -> str:
    """With the nearest letter where GSM-7 has none; what has no such letter is left out."""
    return "".join(_nearest(character) for character in text)


def _nearest(character: str) -> str:
    if character in GSM_7:
        return character
    return "".join(one for one in unicodedata.normalize("NFKD", character) if one in GSM_7)
