"""What is told and done to keep people safe, at random and in earnest."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines import Deadline, stem_of
from policy.facts import CaseFact
from policy.facts import needs as n
from policy.facts.contact import PersonContacted
from policy.facts.health import HealthContactMade, HealthWorker
from policy.facts.hearings import HearingAdjourned, HearingHeld, HearingListed, Protection, When, WitnessSupported
from policy.facts.parts import Part, PersonJoined
from policy.facts.people import Means
from policy.facts.risk import RiskAssessed, RiskAssessmentAsked
from policy.facts.safety import EmergencyAccommodationNeeded, PartnersConsulted, SafetyConsidered
from policy.facts.support import SupportOffered
from policy.matters import stage_of
from policy.working_days import LONDON, london_day
from tests.given import EDITION, contact, court_day
from tests.policy.told_at_random import somebody

MEANS: Final = tuple(Means)
WORDS: Final = "As told."
SAFE_BY_PHONE: Final = n.SafeContact(means=(Means.PHONE,))


def answers(pick: int) -> dict[str, str]:
    """One to each question, from the lowest scores (0) to the highest (3)."""
    return {q.key: q.answers[min(pick % 4, len(q.answers) - 1)].key for q in EDITION.risk.questions}


def risk(at: datetime, person: str = COMPLAINANT, pick: int = 0) -> RiskAssessed:
    return RiskAssessed(at=at, person=person, answers=answers(pick), words=WORDS)


def safe_contact(pick: int) -> n.SafeContact | None:
    if pick % 3 == 0:
        return None
    until = time(12) if pick % 5 == 0 else None
    means = () if pick % 7 == 0 else tuple(dict.fromkeys((MEANS[pick % 5], MEANS[pick % 4])))
    return n.SafeContact(means=means, until_time=until)


def need(file: CaseFile, at: datetime, pick: int) -> n.NeedTold:
    kinds = EDITION.needs.kinds
    return n.NeedTold(
        at=at,
        person=somebody(file, pick),
        kind=kinds[pick % len(kinds)].key if pick % 11 else "no-such-need",
        adjustments=(list(n.Adjustment)[pick % 4],) if pick % 2 else (),
        language="pl" if pick % 5 == 0 else None,
        means=(MEANS[pick % 5],) if pick % 3 == 0 else (),
        safe_contact=safe_contact(pick),
        words=WORDS,
    )


def need_ended(file: CaseFile, at: datetime, pick: int) -> n.NeedEnded:
    told = needs_that_can_end(file, at)
    if not told or pick % 9 == 0:
        return n.NeedEnded(at=at, kind="reading", words=WORDS)
    return told[pick % len(told)]


def needs_that_can_end(file: CaseFile, at: datetime) -> list[n.NeedEnded]:
    told = [(one.person, one.kind) for one in file.needs.values()]
    told += [(person, "safe_contact") for person in file.safe_ways]
    return [n.NeedEnded(at=at, person=person, kind=kind, words=WORDS) for person, kind in told]


def abuse(file: CaseFile, at: datetime, pick: int) -> n.DomesticAbuseRecognised:
    return n.DomesticAbuseRecognised(
        at=at, person=somebody(file, pick), safe_contact=safe_contact(pick), words=WORDS
    )


def support(at: datetime, pick: int, person: str | None = None) -> SupportOffered:
    providers = [provider.key for provider in EDITION.support.providers]
    named = providers[pick % len(providers)] if pick % 7 != 6 else "no-such-provider"
    return SupportOffered(at=at, provider=named, person=person, words=WORDS)


def considered(at: datetime, pick: int, person: str = COMPLAINANT) -> SafetyConsidered:
    measures = [measure.key for measure in EDITION.safety.measures]
    return SafetyConsidered(
        at=at,
        person=person,
        measures=(measures[pick % len(measures)],) if pick % 6 else (),
        in_danger=pick % 3 == 0,
        words=WORDS,
    )


def consulted(at: datetime, pick: int) -> PartnersConsulted:
    partners = [partner.key for partner in EDITION.partners.partners]
    about = (None, (), ("complainant",))[pick // 7 % 3]
    spoke_to = (partners[pick % len(partners)],) if pick % 6 else ()
    return PartnersConsulted(at=at, partners=spoke_to, about=about, words=WORDS)


def health_contact(at: datetime, pick: int) -> HealthContactMade:
    reasons = [reason.key for reason in EDITION.health.lawful_reasons]
    reason = reasons[pick % len(reasons)] if pick % 2 else None
    return HealthContactMade(at=at, worker=HealthWorker.GP, lawful_reason=reason, words=WORDS)


def listed(at: datetime, pick: int) -> HearingListed:
    return HearingListed(at=at, on=court_day(london_day(at) + timedelta(days=pick % 40)), court="A county court")


def adjourned(file: CaseFile, at: datetime, pick: int) -> HearingAdjourned:
    keys = [key for key, one in file.matters.items() if stage_of(one).takes(HearingAdjourned)] or ["none-1"]
    on = court_day(london_day(at) + timedelta(days=pick % 40))
    return HearingAdjourned(at=at, matter=keys[pick % len(keys)], on=on)


def supported(file: CaseFile, at: datetime, pick: int) -> WitnessSupported:
    keys = list(file.hearings) or ["none-1"]
    return witness_supported(at, keys[pick % len(keys)], somebody(file, pick), list(When)[pick // 7 % 3])


def heard(file: CaseFile, at: datetime) -> list[HearingHeld]:
    """Each that is listed, on its day at the earliest."""
    days = {key: datetime.combine(one.on, time(12), LONDON) for key, one in file.hearings.items()}
    listed = [key for key, one in file.matters.items() if stage_of(one).takes(HearingHeld)]
    return [HearingHeld(at=max(at, days[key]), matter=key, words=WORDS) for key in listed]


def supported_at_hearings(file: CaseFile, at: datetime) -> list[WitnessSupported]:
    return [
        witness_supported(at, key, person, when)
        for key, one in file.hearings.items()
        for person in (one.people or file.people)
        for when in When
    ]


def witness_supported(at: datetime, hearing: str, person: str, when: When) -> WitnessSupported:
    return WitnessSupported(
        at=at,
        hearing=hearing,
        person=person,
        when=when,
        advised_on_court=True,
        protection=Protection.NOT_NEEDED,
        words=WORDS,
    )


BUILDERS: Final[dict[str, Callable[[CaseFile, datetime, int], CaseFact]]] = {
    "risk_assessed": lambda file, at, pick: risk(at, somebody(file, pick), pick // 4),
    "risk_assessment_asked": lambda file, at, pick: RiskAssessmentAsked(
        at=at, person=somebody(file, pick), words=WORDS
    ),
    "need_told": need,
    "need_ended": need_ended,
    "domestic_abuse_recognised": abuse,
    "support_offered": lambda _, at, pick: support(at, pick),
    "safety_considered": lambda file, at, pick: considered(at, pick // 4, somebody(file, pick)),
    "partners_consulted": lambda _, at, pick: consulted(at, pick),
    "health_contact_made": lambda _, at, pick: health_contact(at, pick),
    "hearing_listed": lambda _, at, pick: listed(at, pick),
    "hearing_adjourned": adjourned,
    "witness_supported": supported,
}


def kept_safe(at: datetime) -> tuple[CaseFact, ...]:
    """What a serious case is owed beside advice and an appointment."""
    return risk(at), considered(at, 1), consulted(at, 1)


def contact_in_the_right_way(file: CaseFile, person: str, at: datetime) -> CaseFact:
    """Where the hours do not allow it now, a safe way is told first: any, then."""
    safe = file.safe_ways.get(person)
    wanted = [means for one in file.needs.values() if one.person == person for means in one.means]
    ways = [m for m in Means if (safe is None or safe.allows(m, at)) and (not wanted or m in wanted)]
    if not ways:
        return n.NeedTold(at=at, person=person, kind="other", safe_contact=n.SafeContact(means=MEANS), words=WORDS)
    if person != COMPLAINANT:
        return PersonContacted(at=at, person=person, means=ways[0], interpreter=True, words=WORDS)
    return contact(at).model_copy(update={"means": ways[0], "interpreter": True})


_KEEPS: Final[dict[str, Callable[[str, datetime], CaseFact]]] = {
    "risk-assessment": lambda person, at: risk(at, person),
    "risk-renewal": lambda person, at: risk(at, person),
    "specialist-help": lambda person, at: support(at, 4, person),
    "legal-options": lambda person, at: n.LegalOptionsExplained(at=at, person=person, words=WORDS),
    "safe-way": lambda person, at: n.NeedTold(
        at=at, person=person, kind="other", safe_contact=SAFE_BY_PHONE, words=WORDS
    ),
    "support-offer": lambda _, at: support(at, 0),
    "safety": lambda person, at: considered(at, 1, person),
    "victim-found": lambda _, at: PersonJoined(at=at, key="victim", part=Part.VICTIM),
    "partners": lambda _, at: PartnersConsulted(at=at, partners=("council",), about=(), words=WORDS),
    "emergency-accommodation": lambda person, at: EmergencyAccommodationNeeded(at=at, person=person, words=WORDS),
}


def keeps(owed: Deadline, file: CaseFile, at: datetime) -> CaseFact | None:
    """What keeps a deadline of this kind; None for one of another kind."""
    stem, person = stem_of(owed.key), owed.key.rpartition(":")[2]
    if stem == "right-way":
        return contact_in_the_right_way(file, person, at)
    if stem.startswith("hearing-") and stem != owed.key:
        return witness_supported(at, owed.key.split(":")[1], person, When(stem.removeprefix("hearing-")))
    return _KEEPS[stem](person, at) if stem in _KEEPS else None
