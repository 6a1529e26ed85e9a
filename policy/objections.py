"""Who is told of against their word, and since when. (information-sharing, section 4)"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from policy.case_file import CaseFile
from policy.conduct import Decided, Group, Informed, ToldOf
from policy.consents import agrees_to_be_told_of, own, refusal, refusal_to_be_told_of, theirs_since, victims
from policy.editions import Edition
from policy.editions.agencies import Agency
from policy.facts.consent import Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Part
from policy.police_consent import can_still_be_asked, victims_let_it


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
    """To that agency being told of somebody on the case, or to the police being told at all, as a victim says;
    `since` is None where they have not been asked, and `learnt_at` is when we heard it; `theirs_since` as
    `consents.theirs_since` says.
    """

    who: str | None
    since: datetime | None
    agency: str
    victim: str | None = None
    learnt_at: datetime | None = None
    theirs_since: datetime | None = None

    @property
    def key(self) -> str:
        return heard_as(self.who, self.victim)


def heard_as(who: str | None, victim: str | None) -> str:
    """Under which it is kept that they heard of it."""
    return who or f"police:{victim or ''}"


@dataclass(frozen=True)
class Unheard:
    """Of whom an agency, alone or in a group, was told who does not agree to it, and it has not heard so: from
    when it is to. `all_the_same`: they did not then either.
    """

    who: str | None
    agency: str
    since: datetime
    all_the_same: bool
    victim: str | None = None

    @property
    def key(self) -> str:
        return heard_as(self.who, self.victim)


def everybody(file: CaseFile) -> tuple[str, ...]:
    """Of whom somebody hears who is told all that happened: also of whoever has left. In an order that does not
    hang on who came first, which the records do not keep.
    """
    return tuple(sorted({*file.people, *victims(file)}))


def objections(file: CaseFile, telling: Telling, edition: Edition, at: datetime | None = None) -> list[Objection]:
    """As everybody says now, or had said by then. Nobody is told of on a consent that is not there, nor otherwise
    against a no; what the law allows us to tell of a perpetrator they cannot stop. The police are told as the
    victims let it. (police-with-consent)
    """
    return [*_of_people(file, telling, edition, at), *_to_police(file, telling, edition, at)]


def _of_people(file: CaseFile, telling: Telling, edition: Edition, at: datetime | None) -> Iterator[Objection]:
    for who in telling.about:
        perpetrator = who in file.people and file.people[who].part is Part.PERPETRATOR
        if telling.gateway is not Gateway.CONSENT and perpetrator:
            continue
        for agency in _agencies(telling, edition):
            agrees = agrees_to_be_told_of(file, who, agency, at)
            no = refusal_to_be_told_of(file, who, agency, at)
            against = agrees is False or (agrees is None and telling.gateway is Gateway.CONSENT)
            decided = (one for one in telling.decided if who in one.about)
            if against and not _is_decided(decided, agency, no.learnt_at if no else None):
                if no is None:
                    yield Objection(who, None, agency.key)
                else:
                    theirs = theirs_since(file, own(agency), who, no)
                    yield Objection(who, no.at, agency.key, learnt_at=no.learnt_at, theirs_since=theirs)


def _to_police(file: CaseFile, telling: Telling, edition: Edition, at: datetime | None) -> Iterator[Objection]:
    """By each victim who has refused; and where hate was perceived and somebody has not been asked."""
    if victims_let_it(file, at):
        return
    said = {who: refusal(file, Purpose.POLICE, who, at) for who in victims(file)}
    refused = {who: no for who, no in said.items() if no is not None}
    for agency in (one for one in _agencies(telling, edition) if one.police):
        for who, no in refused.items():
            if not _is_decided(telling.decided, agency, no.learnt_at):
                theirs = theirs_since(file, Purpose.POLICE, who, no)
                yield Objection(None, no.at, agency.key, who, no.learnt_at, theirs)
        unasked = file.hate is not None and (not refused or can_still_be_asked(file, at))
        if unasked and not _is_decided(telling.decided, agency, file.hate.learnt_at if file.hate else None):
            yield Objection(None, None, agency.key)


def _agencies(telling: Telling, edition: Edition) -> list[Agency]:
    return [agency for key in telling.to if (agency := edition.agency(key)) is not None]


def _is_decided(decided: Iterable[Decided], agency: Agency, learnt_at: datetime | None) -> bool:
    """Of what we had learnt by then."""
    return any(agency.key in one.to and (learnt_at is None or learnt_at <= one.at) for one in decided)


def told_against(file: CaseFile, informed: Informed, edition: Edition) -> list[Unheard]:
    """Whoever was told hears of a no, then or later, whatever allowed it, and of a consent that nobody gave. A
    later decision covers what a group was told, which goes on by it, and nothing that was told otherwise.
    """
    return list(dict.fromkeys(_unheard(file, informed, edition)))


def _unheard(file: CaseFile, informed: Informed, edition: Edition) -> Iterator[Unheard]:
    for told in informed.told:
        telling = _as_decided(informed, told)
        then = {one.key for one in objections(file, telling, edition, told.at)}
        for one in _of_its_own(file, objections(file, telling, edition)):
            if one.who is None and one.since is None:
                continue
            start = max(told.at, _known_since(file, one)) if one.since is None else told.at
            all_the_same = _stood(one, then) and start == told.at and not _agreed_since(file, one, told, edition)
            said_so = all_the_same and one.key in then
            since = start if said_so or one.since is None else max(one.since, told.at)
            owed_anyway = said_so and told.gateway is Gateway.CONSENT
            if one.theirs_since is not None and not owed_anyway:
                since = max(since, one.theirs_since)
            heard_at = informed.heard.get(one.key)
            if heard_at is None or heard_at < told.at:
                yield Unheard(one.who, one.agency, since, all_the_same, one.victim)


def _stood(one: Objection, then: set[str]) -> bool:
    """Said by then, or nobody could say since we had not asked."""
    return bool({one.key, heard_as(one.who, None)} & then)


def _of_its_own(file: CaseFile, found: Iterable[Objection]) -> Iterator[Objection]:
    """A case that joined this one sees to the noes of its own people."""
    joined = {one.from_case for one in file.brought.values()}
    return (one for one in found if not {one.who, one.victim} & joined)


def _as_decided(informed: Informed, told: ToldOf) -> Telling:
    """A decision is for what was told by it; a group goes on by it."""
    since = informed.decided if isinstance(informed, Group) else ()
    return Telling(told.about, told.to, told.gateway, decided=(*told.decided, *since))


def _known_since(file: CaseFile, one: Objection) -> datetime:
    """Whoever was unknown when an agency was told of them is asked from when they are known."""
    return file.people[one.who].since if one.who in file.people else datetime.min.replace(tzinfo=UTC)


def who_objects(file: CaseFile, informed: Informed, edition: Edition, at: datetime | None = None) -> set[str]:
    """To what it was told, now or at that moment, whether or not it has heard so."""
    tellings = (_as_decided(informed, told) for told in informed.told)
    found = (one for telling in tellings for one in objections(file, telling, edition, at))
    return {one.who or one.victim or "" for one in _of_its_own(file, found)}


def police_told_unasked(file: CaseFile, edition: Edition) -> bool:
    """Of hate, before each victim who could answer was asked."""
    return any(
        one.who is None and one.since is None
        for informed in (*file.informed.values(), *file.groups.values())
        for told in informed.told
        for one in objections(file, _as_decided(informed, told), edition, told.at)
    )


def _agreed_since(file: CaseFile, one: Objection, told: ToldOf, edition: Edition) -> bool:
    """Before they said no again."""
    if one.since is None or one.since <= told.at:
        return False
    telling = Telling(told.about, (one.agency,), told.gateway)
    before = objections(file, telling, edition, one.since - datetime.resolution)
    return not _stood(one, {other.key for other in before})
