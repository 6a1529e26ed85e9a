"""Takes the names and addresses of others out of words, as far as they are known: whole words, however capitalised
and accented. What nobody wrote down as a name is not found; a person reads a pack before it leaves.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from policy.frozen import Frozen

_SHORTEST: Final = 2
"""Letters. A single one, such as an initial, would take words apart."""
_BETWEEN: Final = r"[\W_]{0,4}"
_WORD: Final = re.compile(r"[^\W_]+")
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "the", "of", "and", "de", "van", "von"})
_LEAST_OF_A_NUMBER: Final = 7
"""Digits: fewer are no telephone number."""
_ABROAD: Final = re.compile(r"(?:00)?440?(\d{7,})")
_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)


class Known(Frozen):
    """What somebody is called on the case, and what tells who they are or where."""

    label: str
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Lines of addresses, e-mail addresses and telephone numbers: masked as a whole and between commas."""

    def at(self, place: str) -> str:
        """What stands where this was: somewhere is nobody."""
        if "address" in self.label:
            return self.label
        if "@" in place:
            return f"{self.label}'s e-mail address"
        return f"{self.label}'s {'telephone number' if _spelt(place).isdecimal() else 'address'}"


class Mask:
    """Of those known, but for what the reader shares with them, as a surname or a home."""

    def __init__(self, others: Iterable[Known], theirs: Collection[Known] = ()) -> None:
        own = {word for one in theirs for name in one.names for word in _words(name)}
        own_places = {_key(part) for one in theirs for place in one.places for part in _parts(place)}
        found: dict[str, str] = {}
        for one in others:
            for place in one.places:
                for part in _parts(place):
                    if _key(part) not in own_places:
                        found.setdefault(_spelt(part), one.at(place))
            for name in one.names:
                for word in _words(name):
                    if len(word) >= _SHORTEST and word not in own and word not in _TITLES:
                        found.setdefault(word, one.label)
        self._labels: Mapping[str, str] = {_key(spelt): label for spelt, label in found.items()}
        patterns = [_pattern(one) for one in sorted(found, key=len, reverse=True)]
        self._any = re.compile("|".join(patterns)) if patterns else None

    def __call__(self, words: str) -> tuple[str, bool]:
        """The words without them, and whether anything was taken out."""
        if self._any is None:
            return words, False
        kept = unicodedata.normalize("NFC", words)
        plain, places = _folded(kept)
        out, last, before = [], 0, ""
        for match in self._any.finditer(plain):
            start, end = places[match.start()], places[match.end() - 1] + 1
            label = f"[{self._labels[_key(match[0])]}]"
            if label != before or kept[last:start].strip():
                out += [kept[last:start], label]
            last, before = end, label
        return "".join([*out, kept[last:]]), last > 0


def _pattern(spelt: str) -> str:
    """A telephone number is found however it is spaced, and as it is dialled from abroad."""
    if spelt.isdecimal() and len(spelt) >= _LEAST_OF_A_NUMBER:
        first = r"(?:0|(?:\+|00)?44[\s().-]*0?)" if spelt[0] == "0" else spelt[0]
        return r"(?<!\d)" + r"[\s().-]*".join((first, *spelt[1:])) + r"(?!\d)"
    return r"(?<![^\W_])" + _BETWEEN.join(map(re.escape, spelt.split())) + r"(?![^\W_])"


def _spelt(text: str) -> str:
    """Its words in order, or of a telephone number its digits: what two spellings of it share."""
    words = _words(text)
    digits = "".join(words)
    if not digits.isdecimal() or len(digits) < _LEAST_OF_A_NUMBER:
        return " ".join(words)
    abroad = _ABROAD.fullmatch(digits)
    return f"0{abroad[1]}" if abroad else digits


def _key(text: str) -> str:
    """What all that is found as one spelling shares: it may be written with spaces or without."""
    return _spelt(text).replace(" ", "")


def _parts(place: str) -> list[str]:
    """All of it, what stands between commas unless that is a bare number, and a postcode."""
    between = {part for part in place.split(",") if any(one.isalpha() for one in part)}
    postcodes = {f"{found[1]} {found[2]}" for found in _POSTCODE.finditer(place)}
    return sorted(part for part in {place, *between, *postcodes} if _words(part))


def _words(text: str) -> list[str]:
    return _WORD.findall(_folded(unicodedata.normalize("NFC", text))[0])


def _folded(text: str) -> tuple[str, list[int]]:
    """Without capitals and accents, and from which character of the text each one comes."""
    folded, places = [], []
    for place, character in enumerate(text):
        for one in unicodedata.normalize("NFKD", character.casefold()):
            if not unicodedata.combining(one):
                folded.append(one)
                places.append(place)
    return "".join(folded), places
