"""Needs, risk, support, safety, health contact and hearings: closed lists, and nothing half told."""

from collections.abc import Iterable
from datetime import datetime

from policy.care import Hearing
from policy.case_file import CaseFile
from policy.company import COMPLAINANT, called
from policy.consents import agrees, agrees_beside_others
from policy.editions import Edition
from policy.editions.table import Listed, choices
from policy.facts.consent import Purpose
from policy.facts.health import HealthContactMade
from policy.facts.hearings import HearingHeld, When, WitnessSupported
from policy.facts.needs import NeedEnded, NeedTold
from policy.facts.risk import RiskAssessed
from policy.facts.safety import SafetyConsidered
from policy.facts.support import SupportOffered
from policy.folding.needs import SAFE_CONTACT
from policy.refusals.safety import (
    HealthContactNeedsConsent,
    HearingIsOver,
    HearingNotYet,
    HearingUnknown,
    MeasureUnknown,
    NeedUnknown,
    ProviderUnknown,
    RiskNotAnswered,
    SafeContactStays,
    SafeWayNotSaid,
    WitnessNotPrepared,
)
from policy.working_days import day_in_words, london_day


def need_is_known(fact: NeedTold, edition: Edition) -> None:
    """(vulnerability-and-adjustments, needs-met; sections 4 and 6)"""
    if not edition.needs.is_known(fact.kind):
        raise NeedUnknown(f"{fact.kind} is not on the list of needs: {choices(edition.needs.kinds)}.")
    if fact.kind == SAFE_CONTACT and fact.safe_contact is None:
        raise SafeWayNotSaid(
            "Say which ways of contact are safe, or by an empty list that none is known yet.",
            missing=("which ways of contact are safe",),
        )


def some_need_can_end(file: CaseFile) -> None:
    told = _told(file)
    if not told:
        raise NeedUnknown("We have not been told of any need on this case.")
    if all(_stays(file, person, kind) for person, kind in told):
        raise SafeContactStays(_STAYS)


def this_need_can_end(file: CaseFile, fact: NeedEnded, edition: Edition) -> None:
    if (fact.person, fact.kind) not in _told(file):
        raise NeedUnknown(f"We have not been told of this need. Told of: {_needs_in_words(file, edition)}.")
    if _stays(file, fact.person, fact.kind):
        raise SafeContactStays(_STAYS)


def _needs_in_words(file: CaseFile, edition: Edition) -> str:
    names = {kind.key: kind.name for kind in edition.needs.kinds}
    return "; ".join(f"{names.get(kind, kind)} ({called(person)})" for person, kind in _told(file)) or "none"


def _told(file: CaseFile) -> list[tuple[str, str]]:
    """Whose need of which kind. A safe way may have been told by itself, with a report or with another need."""
    needs = [(need.person, need.kind) for need in file.needs.values()]
    return list(dict.fromkeys((*needs, *((person, SAFE_CONTACT) for person in file.safe_ways))))


_STAYS = "There is domestic abuse: record another safe way instead."


def _stays(file: CaseFile, person: str, kind: str) -> bool:
    """(domestic-abuse, section 4)"""
    return person in file.domestic_abuse and kind == SAFE_CONTACT


def every_question_is_answered(fact: RiskAssessed, edition: Edition) -> None:
    """(risk-assessment, section 4)"""
    matrix = edition.risk
    unknown = [key for key in fact.answers if matrix.question(key) is None]
    if unknown:
        raise RiskNotAnswered(f"Not a question of the risk assessment: {', '.join(unknown)}.")
    missing = tuple(q.asks for q in matrix.questions if q.key not in fact.answers)
    if missing:
        raise RiskNotAnswered(f"Still to be answered: {' '.join(missing)}", missing=missing)
    for question in matrix.questions:
        if question.score_of(fact.answers[question.key]) is None:
            known = "; ".join(f"{answer.says} ({answer.key})" for answer in question.answers)
            raise RiskNotAnswered(f"{question.asks} Choose from: {known}.", missing=(question.asks,))


def provider_is_known(fact: SupportOffered, edition: Edition) -> None:
    """(hate-support, section 3)"""
    if edition.support.provider(fact.provider) is None:
        known = choices(edition.support.providers)
        raise ProviderUnknown(f"{fact.provider} is not on the list of those who give support: {known}.")


def measures_are_known(fact: SafetyConsidered, edition: Edition) -> None:
    """(serious-safety, section 5)"""
    unknown = _not_listed(fact.measures, edition.safety.measures)
    if unknown or not fact.measures:
        known = choices(edition.safety.measures)
        raise MeasureUnknown(
            f"Say what was considered, from this list: {known}.", missing=("what was considered",)
        )


def health_may_be_asked(file: CaseFile, fact: HealthContactMade, edition: Edition) -> None:
    """With consent, now or when it was done, or for a lawful reason that is said. (health-contact, section 6)"""
    reasons = edition.health.lawful_reasons
    if fact.lawful_reason is not None:
        if not _not_listed((fact.lawful_reason,), reasons):
            return
        raise HealthContactNeedsConsent(
            f"The lawful reasons are: {choices(reasons)}.", missing=("a lawful reason",)
        )
    person = fact.person or COMPLAINANT
    if not (_agrees_to_health(file, person) or _agrees_to_health(file, person, fact.at)):
        said_no = agrees_beside_others(file, Purpose.HEALTH, person) is False
        raise HealthContactNeedsConsent(
            "They said no to our asking their GP or nurse. Respect that, or give the lawful reason."
            if said_no
            else "They have not agreed that we ask their GP or nurse. Ask them first, or give the lawful reason.",
            missing=("their consent, or a lawful reason",),
        )


def _agrees_to_health(file: CaseFile, person: str, at: datetime | None = None) -> bool:
    """They said so, and have not said since that no agency is to be told."""
    said = agrees(file, Purpose.HEALTH, person, at)
    return bool(said and agrees_beside_others(file, Purpose.HEALTH, person, at))


def some_hearing_is_known(file: CaseFile) -> None:
    if not file.hearings:
        raise HearingUnknown("No hearing is listed on this case.")


def its_day_has_come(file: CaseFile, fact: HearingHeld) -> None:
    """(witness-care, section 4)"""
    hearing = file.hearings.get(fact.matter)
    if hearing is not None and london_day(fact.at) < hearing.on:
        raise HearingNotYet(
            f"This hearing is on {day_in_words(hearing.on)}. If it was brought forward, record its new day first."
        )


def this_hearing_is_known(file: CaseFile, fact: WitnessSupported) -> None:
    """(witness-care, section 4)"""
    hearing = file.hearings.get(fact.hearing)
    if hearing is None:
        raise HearingUnknown(
            f"There is no such hearing on this case. There is: {_hearings_in_words(file) or 'none'}."
        )
    if fact.when is When.DURING and london_day(fact.at) < hearing.on:
        raise HearingNotYet(f"The hearing is on {day_in_words(hearing.on)}: nobody can have been at it before.")
    if fact.when is When.AFTER and (hearing.held_at is None or fact.at < hearing.held_at):
        raise HearingNotYet("This hearing had not been held then: record first that it was.")
    if fact.when is When.BEFORE and _was_over(hearing, fact.at):
        raise HearingIsOver(
            f"This hearing was on {day_in_words(hearing.on)}: say when before it they were prepared.",
            missing=("a time before the hearing",),
        )
    if fact.when is When.BEFORE and not (fact.advised_on_court and fact.protection):
        raise WitnessNotPrepared(
            "Before a hearing the witness must be told what happens in court and asked about their protection.",
            missing=("what happens in court", "their protection"),
        )


def _was_over(hearing: Hearing, at: datetime) -> bool:
    """At that moment, or on that day where nobody has said yet when it was held."""
    return at >= hearing.held_at if hearing.held_at is not None else london_day(at) > hearing.on


def _hearings_in_words(file: CaseFile) -> str:
    """`Monday 3 July 2023 (hearing-3)`: when each is, and how it is recorded."""
    return "; ".join(f"{day_in_words(hearing.on)} ({key})" for key, hearing in file.hearings.items())


def _not_listed(keys: Iterable[str], listed: tuple[Listed, ...]) -> list[str]:
    known = {one.key for one in listed}
    return [key for key in keys if key not in known]
