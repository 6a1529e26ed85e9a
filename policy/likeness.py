"""By what people and places are recognised again, and how much it tells that two of them share it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from pydantic import computed_field

from policy.frozen import Frozen

_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "rev"})
_INSIDE: Final = ("flat", "apartment", "apt", "unit", "room", "floor", "maisonette", "studio")
_SPELT_OUT: Final = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "cl": "close",
    "ct": "court",
    "dr": "drive",
    "gdns": "gardens",
    "ln": "lane",
    "pl": "place",
    "sq": "square",
    "ter": "terrace",
}
_POSTCODE: Final = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2})\b")
_SHORTEST_PHONE: Final = 9
_ENOUGH_NAMES: Final = 2


def marks_of(
    name: str | None = None,
    address: Iterable[str] = (),
    email: str | None = None,
    phone: str | None = None,
) -> tuple[str, ...]:
    """What two descriptions of one person or place have in common: `name:…`, `place:…`, `postcode:…`, `email:…`,
    `phone:…`. A single name is too little to go by.
    """
    marks = [f"email:{email.strip().casefold()}"] if email else []
    if phone and len(digits := _digits(phone)) >= _SHORTEST_PHONE:
        marks.append(f"phone:{digits}")
    names = sorted(word for word in _plain(name or "").split() if word not in _TITLES)
    if len(names) >= _ENOUGH_NAMES:
        marks.append(f"name:{' '.join(names)}")
    return (*marks, *_marks_of_place(address))


def _marks_of_place(address: Iterable[str]) -> Iterator[str]:
    parts = [plain for line in address for part in line.split(",") if (plain := _plain(part))]
    house = _house(parts)
    if not house:
        return
    yield f"place:{house}"
    postcode = _POSTCODE.search(" ".join(parts))
    if postcode and (numbers := re.findall(r"\d+[a-z]?\b", house)):
        yield f"postcode:{postcode[1]}{postcode[2]}:{' '.join(numbers)}"


def _house(parts: list[str]) -> str:
    """`flat 4 27 larkfield close`: what stands before district, town and postcode."""
    for place, part in enumerate(parts):
        inside = part.startswith(_INSIDE) and len(part.split()) <= 2  # noqa: PLR2004 - a word and its number
        if re.search(r"\d", part) and not inside and not _POSTCODE.fullmatch(part):
            if part.isdigit() and place + 1 < len(parts):
                continue
            return " ".join(map(_street, parts[: place + 1]))
    return " ".join(map(_street, parts[:2]))


def _street(part: str) -> str:
    *words, last = part.split()
    return " ".join([*words, _SPELT_OUT.get(last, last)])


def _plain(text: str) -> str:
    """Small letters and digits, without accents and signs."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    seen = "".join(c for c in folded if not unicodedata.combining(c) and c not in "'\u2019")
    return " ".join("".join(c if c.isalnum() else " " for c in seen).split())


def _digits(phone: str) -> str:
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    return re.sub(r"^(00)?44", "0", digits)


class Sameness(StrEnum):
    """What two cases share, what tells most first."""

    PERSON = "person"
    HOUSEHOLD = "household"
    CONTACT = "contact"
    NAME = "name"
    ADDRESS = "address"


_TELLS: Final = {
    Sameness.PERSON: 16,
    Sameness.HOUSEHOLD: 8,
    Sameness.CONTACT: 8,
    Sameness.NAME: 4,
    Sameness.ADDRESS: 3,
}
_SAME_OF: Final = {
    "email": Sameness.CONTACT,
    "phone": Sameness.CONTACT,
    "name": Sameness.NAME,
    "place": Sameness.ADDRESS,
    "postcode": Sameness.ADDRESS,
}
_CALLED: Final = {
    "about": "the person complained about",
    "perpetrator": "the person complained about",
    "household_member": "a member of the household",
    "other": "somebody",
    "person": "the person you chose",
}
_IN_WORDS: Final = {
    Sameness.CONTACT: "has the same e-mail address or telephone number as",
    Sameness.NAME: "has the same name as",
    Sameness.ADDRESS: "has the same address as",
}


class Alike(Frozen):
    """Something that a report and a case have in common; `here` is who or what it is in the report, `there` in
    the case.
    """

    same: Sameness
    here: str
    there: str

    @computed_field
    def words(self) -> str:
        there = f"{_called(self.there)} in that case"
        match self.same:
            case Sameness.PERSON:
                return f"The same person is {there}."
            case Sameness.HOUSEHOLD:
                return f"Somebody of the same household is {there}."
            case _:
                here = _called(self.here)
                return f"{here[0].upper()}{here[1:]} {_IN_WORDS[self.same]} {there}."


def alike(marks: Iterable[str], here: str, there: str) -> set[Alike]:
    """What the shared marks of somebody here and somebody there tell."""
    return {Alike(same=_SAME_OF[mark.partition(":")[0]], here=here, there=there) for mark in marks}


def words_of(text: str) -> list[str]:
    return _plain(text).split()


def score(found: Iterable[Alike], *, same_category: bool) -> int:
    """How much it all tells together: for the order in a list, never for a decision."""
    return sum(_TELLS[one.same] for one in found) + same_category


def _called(part: str) -> str:
    return _CALLED.get(part, f"the {part}")
