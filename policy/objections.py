"""Who is told of against their word, and since when. (information-sharing, section 4)"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.company import called
from policy.conduct import Decided, Group
from policy.consents import agrees_to_be_told_of, refuses_since, refuses_to_be_told_of_since, victims
from policy.deadlines.policing import victims_let_it
from policy.editions import Edition
from policy.editions.agencies import Agency
from policy.facts.consent import Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Part

VICTIMS: Final = "victims"
"""Under which a group hears that a victim does not want the police told."""


@dataclass(frozen=True)
class Telling:
    """About whom which agencies are told, and what allows it; a lawful reason that was `decided` holds for these
    people and agencies, and for what they had said by then.
    """

    about: tuple[str, ...]
    to: tuple[str, ...]
    gateway: Gateway
    under: str | None = None
    decided: tuple[Decided, ...] = ()


@dataclass(frozen=True)
class Objection:
    """To that agency being told of somebody on the case, or to the police being told at all; `since` is None where
    they have not been asked.
    """

    who: str | None
    since: datetime | None
    agency: str

    @property
    def called(self) -> str:
        return called(self.who) if self.who is not None else "a victim"


@dataclass(frozen=True)
class Unheard:
    """Of whom a group was told who has said no, and it has not heard so: from when it is to. `all_the_same`: they
    had said no before.
    """

    who: str | None
    since: datetime
    all_the_same: bool


def objections(file: CaseFile, telling: Telling, edition: Edition) -> list[Objection]:
    """As everybody says now. Nobody is told of on a consent that is not there, nor on anything else against a no;
    what the law allows us to tell of a perpetrator they cannot stop. The police are told as the victims let it.
    (police-with-consent)
    """
    return [*_of_people(file, telling, edition), *_to_police(file, telling, edition)]


def _of_people(file: CaseFile, telling: Telling, edition: Edition) -> Iterator[Objection]:
    for who in telling.about:
        perpetrator = who in file.people and file.people[who].part is Part.PERPETRATOR
        if telling.gateway is not Gateway.CONSENT and perpetrator:
            continue
        for agency in _agencies(telling, edition):
            agrees = agrees_to_be_told_of(file, who, agency)
            since = refuses_to_be_told_of_since(file, who, agency)
            against = agrees is False or (agrees is None and telling.gateway is Gateway.CONSENT)
            decided = (one for one in telling.decided if who in one.about)
            if against and not _is_decided(decided, agency, since):
                yield Objection(who, since, agency.key)


def _to_police(file: CaseFile, telling: Telling, edition: Edition) -> Iterator[Objection]:
    """Where nobody has refused, hate was perceived and somebody has not been asked."""
    if victims_let_it(file):
        return
    refused = [refuses_since(file, Purpose.POLICE, who) for who in victims(file)]
    told_since = [at for at in refused if at is not None]
    hate_since = file.hate.since if file.hate is not None else None
    for agency in _agencies(telling, edition):
        for since in told_since or (None,):
            if agency.police and not _is_decided(telling.decided, agency, since or hate_since):
                yield Objection(None, since, agency.key)


def _agencies(telling: Telling, edition: Edition) -> list[Agency]:
    return [agency for key in telling.to if (agency := edition.agency(key)) is not None]


def _is_decided(decided: Iterable[Decided], agency: Agency, since: datetime | None) -> bool:
    return any(agency.key in one.to and (since is None or since <= one.at) for one in decided)


def told_against(file: CaseFile, group: Group, edition: Edition) -> list[Unheard]:
    """Who has not been asked is asked."""
    return list(dict.fromkeys(_unheard(file, group, edition)))


def _unheard(file: CaseFile, group: Group, edition: Edition) -> Iterator[Unheard]:
    for told in group.told:
        telling = Telling(told.about, told.to, group.gateway, group.under, group.decided)
        for one in objections(file, telling, edition):
            heard_at = group.heard.get(one.who or VICTIMS)
            since = one.since and max(one.since, told.at)
            if since is not None and (heard_at is None or heard_at < since):
                yield Unheard(one.who, since, all_the_same=one.since is not None and one.since <= told.at)
