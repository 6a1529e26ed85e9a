"""Who is told of against their word, and since when. (information-sharing, section 4)"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True)
class Telling:
    """About whom which agencies are told, and what allows it. `decided`: a supervisor's lawful reason, which holds
    for these agencies and for what had been said by then.
    """

    about: tuple[str, ...]
    to: tuple[str, ...]
    gateway: Gateway
    under: str | None = None
    decided: Decided | None = None


@dataclass(frozen=True)
class Objection:
    """Of somebody on the case, or of a victim to the police being told; `since` is None where they have not been
    asked.
    """

    who: str | None
    since: datetime | None

    @property
    def called(self) -> str:
        return called(self.who) if self.who is not None else "a victim"


def objections(file: CaseFile, telling: Telling, edition: Edition) -> list[Objection]:
    """As everybody says now. Nobody is told of on a consent that is not there, nor on anything else against a no;
    what the law allows us to tell of a perpetrator they cannot stop. The police are told as the victims let it.
    (police-with-consent)
    """
    found = [*_of_people(file, telling, edition), *_to_police(file, telling, edition)]
    return list(dict.fromkeys(found))


def _of_people(file: CaseFile, telling: Telling, edition: Edition) -> Iterator[Objection]:
    """To each of the agencies."""
    for who in telling.about:
        perpetrator = who in file.people and file.people[who].part is Part.PERPETRATOR
        if telling.gateway is not Gateway.CONSENT and perpetrator:
            continue
        for agency in _agencies(telling, edition):
            agrees = agrees_to_be_told_of(file, who, agency)
            since = refuses_to_be_told_of_since(file, who, agency)
            against = agrees is False or (agrees is None and telling.gateway is Gateway.CONSENT)
            if against and not _is_decided(telling, agency, since):
                yield Objection(who, since)


def _to_police(file: CaseFile, telling: Telling, edition: Edition) -> Iterator[Objection]:
    if victims_let_it(file):
        return
    refused = [refuses_since(file, Purpose.POLICE, who) for who in victims(file)]
    for agency in _agencies(telling, edition):
        for since in [at for at in refused if at is not None] or (None,):
            if agency.police and not _is_decided(telling, agency, since):
                yield Objection(None, since)


def _agencies(telling: Telling, edition: Edition) -> list[Agency]:
    return [agency for key in telling.to if (agency := edition.agency(key)) is not None]


def _is_decided(telling: Telling, agency: Agency, since: datetime | None) -> bool:
    decided = telling.decided
    return decided is not None and agency.key in decided.to and (since is None or since <= decided.at)


def told_against(file: CaseFile, group: Group, edition: Edition) -> list[Objection]:
    """Of whom a group was told who has said no, where it has not heard so since; from when it is to. Who has not
    been asked is asked.
    """
    told = Telling(tuple(group.told), group.members, group.gateway, group.under, group.decided)
    heard_at, found = group.refusal_told_at, []
    unheard = [at for at in group.told.values() if heard_at is None or at > heard_at]
    first = min(unheard, default=max(group.told.values()))
    for one in objections(file, told, edition):
        since = one.since and max(one.since, first if one.who is None else group.told[one.who])
        if since is not None and (heard_at is None or since > heard_at):
            found.append(Objection(one.who, since))
    return found
