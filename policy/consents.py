"""Whose word counts: what the victims on a case agree to, since when somebody does not, and how it was before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.company import VICTIMS, one_since
from policy.conduct import Answer, PoliceTelling
from policy.editions.agencies import Agency
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose

Said = ConsentGiven | ConsentRefused | ConsentWithdrawn

ANYTHING: Final = "anything"
"""As the purpose under which everything that somebody agreed to was taken back."""


def answered(file: CaseFile, fact: Said, learnt_at: datetime) -> CaseFile:
    """What somebody said last holds, also when something earlier is written down after it."""
    answer = Answer(at=fact.at, learnt_at=learnt_at, agreed=isinstance(fact, ConsentGiven))
    return with_answer(file, _about(fact.purpose, fact.agency), fact.from_case or fact.person, answer)


def _about(purpose: str, agency: str | None) -> str:
    return f"{purpose}@{agency}" if agency else purpose


def with_answer(file: CaseFile, purpose: str, who: str, answer: Answer) -> CaseFile:
    key = f"{purpose}:{who}"
    said = sorted((*file.consents.get(key, ()), answer), key=_as_said)
    return file.with_(consents={**file.consents, key: tuple(said)})


def _as_said(one: Answer) -> tuple[datetime, bool]:
    """Of a yes and a no at one moment the no counts."""
    return one.at, not one.agreed


def all_taken_back(file: CaseFile, who: str, at: datetime, learnt_at: datetime) -> CaseFile:
    """Whatever they agree to, under any name, also where that is written down later."""
    return with_answer(file, ANYTHING, who, Answer(at=at, learnt_at=learnt_at, agreed=False))


def said_last(file: CaseFile) -> dict[str, bool]:
    """By purpose and who, with what they took back of it."""
    found = {}
    for key in file.consents:
        purpose, _, who = key.partition(":")
        found[key] = bool((said := _said(file, purpose, who)) and said[-1].agreed)
    return found


def victims(file: CaseFile) -> tuple[str, ...]:
    """Whose word lets the police be told, or does not: also those of a case that joined this one, who speak
    together, under its reference.
    """
    return (*own_victims(file), *(brought.from_case for brought in file.brought.values()))


def own_victims(file: CaseFile) -> tuple[str, ...]:
    """Who suffered from it; not a witness or third party who reported it. Also who has left: their word holds."""
    return tuple(key for key, one in file.people.items() if one.part in VICTIMS)


def agrees(file: CaseFile, purpose: Purpose, who: str, at: datetime | None = None) -> bool | None:
    """As they last said, at that moment or now. None: they have not answered."""
    said = _said(file, purpose, who, at)
    return said[-1].agreed if said else None


def has_answered(file: CaseFile, purpose: Purpose, who: str, at: datetime | None = None) -> bool:
    """A yes that they gave before they wanted no agency told is asked for again."""
    agreed = agrees(file, purpose, who, at)
    return agreed is not None and agrees_beside_others(file, purpose, who, at) is agreed


def open_again_since(file: CaseFile, purpose: Purpose, who: str) -> datetime | None:
    """When they wanted no agency told after they had answered of this one, which is asked again then."""
    answers, since = _said(file, purpose, who), None
    for one in _said(file, Purpose.REFERRAL, who) if answers else ():
        if one.at >= answers[-1].at:
            since = None if one.agreed else since or one.at
    return since


def awaited(file: CaseFile, purpose: Purpose, who: str) -> bool:
    """Whether somebody who is on the case was asked and has not answered."""
    return who in file.present and f"{purpose}:{who}" in file.asked and agrees(file, purpose, who) is None


def agrees_to_be_told_of(file: CaseFile, who: str, agency: Agency, at: datetime | None = None) -> bool | None:
    """To this agency."""
    return agrees_beside_others(file, own(agency), who, at)


def agrees_beside_others(file: CaseFile, purpose: str, who: str, at: datetime | None = None) -> bool | None:
    """A no to this one, or to what it is asked for, weighs more than a yes to agencies in general; else what they
    said last counts, and at one moment a no.
    """
    own, any_ = (said[-1:] for said in _said_of(file, purpose, who, at))
    if own and not own[0].agreed:
        return False
    answer = max((*own, *any_), key=lambda one: (one.at, not one.agreed), default=None)
    return answer.agreed if answer is not None else None


def refusal_to_be_told_of(file: CaseFile, who: str, agency: Agency, at: datetime | None = None) -> Answer | None:
    """The no that has held since then, at that moment or now. None: they do not refuse, or have not answered."""
    return refusal_beside_others(file, own(agency), who, at)


def refusal_beside_others(file: CaseFile, purpose: str, who: str, at: datetime | None = None) -> Answer | None:
    """The same of what they are asked for; said again, it was learnt of when we first heard it."""
    holds = None
    said = (one for said in _said_of(file, purpose, who, at) for one in said)
    for one in sorted(said, key=lambda one: (one.at, one.agreed)):
        refuses = agrees_beside_others(file, purpose, who, one.at) is False
        holds = _said_again(holds, one) if refuses else None
    return holds


def _said_again(no: Answer | None, said: Answer) -> Answer:
    if no is None or said.agreed:
        return no or said
    return no.model_copy(update={"learnt_at": min(no.learnt_at, said.learnt_at)})


def theirs_since(file: CaseFile, purpose: str, who: str, no: Answer) -> datetime | None:
    """Of a no under another name: when we knew that both are one, or they said it under this one too. None of one
    that they said under this name, or that we knew to be theirs.
    """
    said = (
        max(one.at, one_since(file.people, who, name) or one.at)
        for name in file.names_of(who)
        for what in (purpose, Purpose.REFERRAL, ANYTHING)
        for one in file.consents.get(f"{what}:{name}", ())
        if not one.agreed and one.at >= no.at
    )
    since = min(said, default=no.at)
    return since if since > no.at else None


def own(agency: Agency) -> str:
    """What is said of it alone, or of what it is asked for."""
    return _about(Purpose.REFERRAL, agency.key) if agency.consent == "referral" else agency.consent


def _said_of(
    file: CaseFile, purpose: str, who: str, at: datetime | None = None
) -> tuple[list[Answer], list[Answer]]:
    """Of this, and of agencies in general."""
    return _said(file, purpose, who, at), _said(file, Purpose.REFERRAL, who, at)


def _said(file: CaseFile, purpose: str, who: str, at: datetime | None = None) -> list[Answer]:
    """Under each name that they have on the case."""
    if not file.consents:
        return []
    names = file.names_of(who)
    said = [one for key in names for one in file.consents.get(f"{purpose}:{key}", ())]
    back = [one for key in names for one in file.consents.get(f"{ANYTHING}:{key}", ())]
    back = [no for no in back if any(one.agreed and one.at <= no.at for one in said)]
    return sorted((one for one in (*said, *back) if at is None or one.at <= at), key=_as_said)


def victims_agree(file: CaseFile, purpose: Purpose, at: datetime | None = None) -> bool | None:
    """One who says no weighs more than another's yes. None: nobody has answered."""
    if not file.consents:
        return None
    said = [agrees(file, purpose, who, at) for who in victims(file)]
    answers = [agreed for agreed in said if agreed is not None]
    return all(answers) if answers else None


def wants_none_told(file: CaseFile, at: datetime | None = None) -> bool:
    """A victim says no to the police, or to agencies in general and nothing else of the police since then."""
    return any(agrees_beside_others(file, Purpose.POLICE, who, at) is False for who in victims(file))


def refusal(file: CaseFile, purpose: Purpose, who: str, at: datetime | None = None) -> Answer | None:
    """The no that has held since then, at that moment or now. None: they do not refuse, or have not answered."""
    holds = None
    for one in _said(file, purpose, who, at):
        holds = None if one.agreed else _said_again(holds, one)
    return holds


def refuses_since(file: CaseFile, purpose: Purpose, who: str) -> datetime | None:
    no = refusal(file, purpose, who)
    return no.at if no is not None else None


def no_to_the_police(file: CaseFile, who: str) -> Answer | None:
    """Where nobody is asked about them any more, on a case at rest, a no to every agency is one to them."""
    return (refusal_beside_others if file.at_rest else refusal)(file, Purpose.POLICE, who)


def had_refused_the_police(file: CaseFile, who: str, at: datetime | None = None) -> bool:
    """By then, whatever they said after it."""
    said = _said(file, Purpose.POLICE, who, at)
    none_told = _said(file, Purpose.REFERRAL, who, at) if file.at_rest else []
    return any(not one.agreed for one in (*said, *none_told))


@dataclass(frozen=True)
class PoliceNotToKnow:
    """A victim here who does not want what the police were told, since when; they have not heard so."""

    who: str
    since: datetime
    told: PoliceTelling


def police_told_against(file: CaseFile) -> list[PoliceNotToKnow]:
    """What they were told since they heard it from that victim, but what was decided over this no."""
    found = []
    for told in sorted(file.police_told.tellings, key=lambda one: one.at):
        for who in own_victims(file):
            no = no_to_the_police(file, who) if police_know_of(file, told, who) else None
            if no is not None and (told.decided_at is None or told.decided_at < no.learnt_at):
                found.append(PoliceNotToKnow(who, max(_said_since(file, who, no), told.at), told))
    return found


def _said_since(file: CaseFile, who: str, no: Answer) -> datetime:
    """A no to every agency is one to the police from when nobody is asked any more."""
    rests = file.at_rest_since if refusal(file, Purpose.POLICE, who) is None else None
    since = theirs_since(file, Purpose.POLICE, who, no) or no.at
    return max(since, rests) if rests is not None else since


def police_know_of(file: CaseFile, told: PoliceTelling, who: str) -> bool:
    """From us, and have not heard since that they do not want it: of everybody on the case."""
    heard_at = file.police_told.heard.get(who)
    return heard_at is None or heard_at < told.at
