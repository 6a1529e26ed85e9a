"""What an agency is told in a referral: whom it is about, what and why as an officer wrote it for them, on which
lawful ground, and how to answer. Nothing of who reported, and nobody else's name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from letters.own_words import Values
from letters.telling import Contacts
from policy.case_file import CaseFile
from policy.facts.disclosing import Gateway
from policy.facts.parts import Part
from policy.facts.people import Means, Person
from policy.ways import right_way
from policy.working_days import day_in_words

TYPE: Final = "referral.made"

_GROUNDS: Final = {
    Gateway.CONSENT: "They have agreed that we tell you this",
    Gateway.PROTOCOL: "We tell you this as we have agreed on sharing what we know",
    Gateway.CRIME_AND_DISORDER_ACT: "The Crime and Disorder Act 1998 lets us tell you this",
    Gateway.DATA_PROTECTION_LAW: "Data protection law lets us tell you this",
}
_WITHOUT_CONSENT: Final = "The law lets us tell you this although they have not agreed"
_TAKE_CARE: Final[Mapping[bool | None, str]] = {
    False: "They said no to our telling you. Ask us before you speak to them of it.",
    None: "They may not know that we tell you. Ask us before you speak to them of it.",
}
"""By whether they agree."""

_SIDES: Final[Mapping[Part, str]] = {
    Part.COMPLAINANT: "suffers from it",
    Part.VICTIM: "suffers from it",
    Part.PERPETRATOR: "is complained about",
}


@dataclass(frozen=True)
class Someone:
    """Whom it is about, with the ways in which they may be reached. `side` tells them from the other side, where
    both are named; `how` says which way, when and with what, `take_care` what to heed where they have not agreed
    to it.
    """

    name: str
    side: str | None = None
    phone: str | None = None
    email: str | None = None
    address: tuple[str, ...] = ()
    how: str | None = None
    take_care: str | None = None

    def in_words(self) -> str:
        reach = f"How to reach them: {self.how}" if self.how else None
        name = f"{self.name}, who {self.side}" if self.side else self.name
        told = [one for one in (", ".join([name, *self._ways()]), reach, self.take_care) if one]
        return ". ".join([*(one.removesuffix(".") for one in told[:-1]), told[-1]])

    def _ways(self) -> Iterator[str]:
        if self.phone:
            yield f"telephone {self.phone}"
        if self.email:
            yield f"e-mail {self.email}"
        if self.address:
            yield ", ".join(self.address)


@dataclass(frozen=True)
class Told:
    """`reference` is the referral's, `until` the last day on which the `link` works."""

    reference: str
    at: datetime
    people: tuple[Someone, ...]
    what: str
    why: str
    ground: str
    link: str
    until: date


def sides(file: CaseFile, about: Iterable[str]) -> dict[str, str]:
    """Who suffers and who is complained about. Of one side alone an agency need not know which it is."""
    found = {key: _SIDES[on.part] for key in about if (on := file.people.get(key)) and on.part in _SIDES}
    return found if len({*found.values()}) > 1 else {}


def someone(  # noqa: PLR0913 - what is told of them
    key: str,
    known: Person | None,
    safe_contact: str | None,
    file: CaseFile,
    *,
    agrees: bool | None,
    side: str | None = None,
) -> Someone:
    """By no way that is not safe. Where somebody has said in words how to reach them, that is all that is told."""
    person = known or Person()
    name = person.name or "Somebody whose name we do not know"
    take_care = _TAKE_CARE.get(agrees)
    if safe_contact:
        return Someone(name, side, how=safe_contact, take_care=take_care)
    safe = file.safe_ways.get(key)
    ways = set(Means) if safe is None else set(safe.means)
    return Someone(
        name,
        side,
        phone=person.phone if ways & {Means.PHONE, Means.TEXT} else None,
        email=person.email if Means.EMAIL in ways else None,
        address=person.address if ways & {Means.POST, Means.VISIT} else (),
        how=right_way(file, key) or None,
        take_care=take_care,
    )


def ground(gateway: Gateway, under: str | None, reason: str | None, *, overridden: bool) -> str:
    """The lawful ground in words, with the lawful `reason` as the edition names it. `overridden`: in place of a
    consent that was not given or did not last.
    """
    said = _WITHOUT_CONSENT if overridden and gateway is Gateway.CONSENT else _GROUNDS[gateway]
    on = f"{said}: {under}." if under else f"{said}."
    return f"{on} The reason: {reason}." if reason else on


def not_any_more(phone: str) -> str:
    """What an agency reads of a referral that does not stand any more, also before one of us has told it."""
    return (
        "This referral no longer stands. Please do nothing more because of it, and do not get in touch with"
        " anybody whom it is about. Destroy what we sent you, unless you have to keep it by law. If you have begun"
        f" already, please ring {phone}."
    )


def as_values(told: Told, contacts: Contacts) -> Values:
    """For the wording of the letter."""
    return {
        "officer": contacts.officer,
        "officer_phone": contacts.officer_phone,
        "people": [one.in_words() for one in told.people],
        "what": told.what.splitlines(),
        "why": told.why.splitlines(),
        "ground": told.ground,
        "link": told.link,
        "until": day_in_words(told.until),
    }


def as_json(told: Told, contacts: Contacts, landlord: str) -> dict[str, Any]:
    """For the agency's own system."""
    said = {
        "reference": told.reference,
        "from": landlord,
        "people": [{name: value for name, value in asdict(one).items() if value} for one in told.people],
        "what": told.what,
        "why": told.why,
        "ground": told.ground,
        "answer": {"link": told.link, "until": told.until.isoformat()},
        "contact": {"name": contacts.officer, "phone": contacts.officer_phone},
    }
    return {"type": TYPE, "timestamp": told.at.isoformat(), "data": said}
