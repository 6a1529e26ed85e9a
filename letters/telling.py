"""What each letter tells: values for the wording, from the case file and its facts. Nobody's words but ours and
those that an officer wrote for its reader.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from letters.kinds import HOW_IT_GOES, KINDS
from letters.own_words import TELLS, Values, own_words, points
from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines import deadlines
from policy.duties import SendLetter
from policy.editions import Edition, of
from policy.facts import Entry
from policy.facts.assessing import (
    Advice,
    AdviceGiven,
    Assessed,
    Exclusion,
    SecondLookAnswered,
    SecondLookAsked,
    Seriousness,
)
from policy.facts.base import Fact
from policy.facts.closing import CaseClosed, ClosureProposed
from policy.facts.consequences import PerpetratorWrittenTo
from policy.facts.contact import AppointmentOffered, ContactMade, PoliceAdvised
from policy.facts.letters import LetterKind
from policy.facts.people import Means
from policy.facts.promising import PromiseKept, PromiseMade
from policy.facts.reporting import IncidentReported, Reporter, ReportReceived
from policy.facts.warning import WarningProposed
from policy.legal_action.steps import STARTER_WARNING
from policy.matters import COURSES
from policy.working_days import day_in_words, london_day

_NEXT_STEPS: Final = {
    "appointment": "We will offer you an appointment by {day}.",
    "first-contact": "We will speak to you by {day}.",
    "assessment": "We will decide how serious this is by {day}.",
    "support-offer": "We will offer you somebody who can support you by {day}.",
    f"specialist-help:{COMPLAINANT}": "We will offer you help from somebody who is not part of us by {day}.",
    "regular-contact": "We will tell you how the case stands by {day}.",
}

_SERIOUS: Final = {
    "assessment": "We treat this as serious from now on. We will have looked at all of it by {day}."
}
"""What is said in their place of what is serious from the first minute."""

_FOR_THE_VICTIM: Final = frozenset({"appointment", "support-offer", f"specialist-help:{COMPLAINANT}"})
"""Steps that somebody who saw it, or tells it for another, is not promised."""

_REACHED: Final[Mapping[Means, str]] = {
    Means.PHONE: "spoke to you",
    Means.TEXT: "sent you a text message",
    Means.EMAIL: "wrote to you",
    Means.POST: "wrote to you",
    Means.VISIT: "visited you",
}

_NO_LONGER: Final[Mapping[Advice, str]] = {
    Advice.SPEAK_FIRST: "You do not have to speak to the other person first.",
    Advice.NOT_REASONABLE: "We no longer say that asking the other person to stop would be unfair.",
}


@dataclass(frozen=True)
class Contacts:
    """Whom the reader is told to ring, and where a case review is asked for."""

    officer: str
    officer_phone: str
    council: str
    case_review: str


def values_for(duty: SendLetter, file: CaseFile, entries: Sequence[Entry], contacts: Contacts) -> Values:
    """Raises KeyError when the fact that the letter is about is not among the entries."""
    told = {entry.id: entry.fact for entry in entries}
    about = told[duty.about]
    values = _contacts(duty.kind, contacts) | _how_it_goes(duty)
    if duty.kind in TELLS:
        return values | TELLS[duty.kind](duty, file, about) | own_words(duty, told)
    match duty.kind:
        case LetterKind.ACKNOWLEDGEMENT:
            theirs = _happened_to_reader(file)
            switches = {
                "police_advice": duty.police_advice,
                "hate": duty.hate and theirs,
                "hate_seen": duty.hate and not theirs,
                "support": theirs and COMPLAINANT in file.domestic_abuse,
            }
            values |= {name: "yes" for name, on in switches.items() if on}
            values["next_steps"] = _next_steps(file, about.at)
        case LetterKind.CLOSING_LETTER:
            edition = of(file.edition)
            values["reported"] = _said_once(_reported(e.fact, file, edition) for e in entries)
            values["done"] = _said_once(_done(e.fact, file) or _kept(e.fact, entries) for e in entries)
            values |= {"questions": _questions(edition), "reasons": _reasons(about)}
        case LetterKind.QUESTIONNAIRE_REMINDER:
            values["questions"] = _questions(of(file.edition))
        case LetterKind.TO_PERPETRATOR | LetterKind.WARNING if isinstance(
            about, PerpetratorWrittenTo | WarningProposed
        ):
            values |= {"alleged": points(about.alleged), "decided": points(about.decided)}
            values["happens_next"] = points(about.happens_next)
            if isinstance(about, WarningProposed) and about.step == STARTER_WARNING:
                values["starter"] = "yes"
        case LetterKind.WARNING_TAKEN_BACK:
            values |= _taken_back(file, duty.about)
        case LetterKind.HONEST_ADVICE if isinstance(about, AdviceGiven):
            values |= {about.advice.value: "yes", "reasons": _reasons(about)}
        case LetterKind.SECOND_LOOK_ANSWER if isinstance(about, SecondLookAnswered):
            values |= {"decision": _decision(about, file, entries), "reasons": _reasons(about)}
        case _:
            values["reasons"] = _reasons(about)
    return values


def _contacts(kind: LetterKind, contacts: Contacts) -> Values:
    """Those that this letter names."""
    known = {
        "officer": contacts.officer,
        "officer_phone": contacts.officer_phone,
        "council": contacts.council,
        "case_review_contact": contacts.case_review,
    }
    return {name: value for name, value in known.items() if name in KINDS[kind].texts}


def _how_it_goes(duty: SendLetter) -> Values:
    if not KINDS[duty.kind].switches >= HOW_IT_GOES:
        return {}
    return {"by_email" if duty.means is Means.EMAIL else "on_paper": "yes"}


def _next_steps(file: CaseFile, since: datetime) -> list[str]:
    owed = deadlines(file, of(file.edition))
    promised = _NEXT_STEPS.keys() - (frozenset() if _happened_to_reader(file) else _FOR_THE_VICTIM)
    says = _NEXT_STEPS | (_SERIOUS if file.serious else {})
    steps = [_on(says[d.key], d.due) for d in owed if d.key in promised and d.due > since]
    return steps or ["We will look at what you told us and come back to you."]


def _happened_to_reader(file: CaseFile) -> bool:
    """False for a witness or third party, who is written to and is not the victim."""
    return file.reporter not in {Reporter.WITNESS, Reporter.THIRD_PARTY}


def _said_once(sentences: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(sentence for sentence in sentences if sentence))


def _reported(fact: Fact, file: CaseFile, edition: Edition) -> str | None:
    """What somebody else told, or was told on another case, is not told to whoever reported this one."""
    match fact:
        case ReportReceived():
            what = "what was going on"
        case IncidentReported(told_on=None, reporter=file.reporter):
            what = "that it had happened again"
        case _:
            return None
    if category := edition.category(fact.category) if fact.category else None:
        to_others = None if _happened_to_reader(file) else category.in_letters_to_others
        what = f"about {to_others or category.in_letters}"
    return _on(f"On {{day}} you told us {what}.", fact.at)


def _done(fact: Fact, file: CaseFile) -> str | None:
    """What we did with whoever reported. Appointments and advice may have been for another victim alone."""
    match fact:
        case ContactMade():
            what = _REACHED[fact.means]
        case Assessed():
            what = _judged(fact)
        case AppointmentOffered() | PoliceAdvised() if fact.person != COMPLAINANT or not _happened_to_reader(file):
            return None
        case AppointmentOffered():
            what = "offered you an appointment"
        case PoliceAdvised():
            what = "told you how to reach the police"
        case _:
            return None
    return _on(f"On {{day}} we {what}.", fact.at)


def _kept(fact: Fact, entries: Sequence[Entry]) -> str | None:
    """A promise to the reader, in the words that they read before. Its key ends in the number of its entry."""
    if not isinstance(fact, PromiseKept):
        return None
    made = entries[int(fact.matter.rpartition("-")[2]) - 1].fact
    if not isinstance(made, PromiseMade) or made.person != COMPLAINANT:
        return None
    return f"{_on('On {day} we did what we had promised you', fact.at)}: {made.words}"


def _judged(fact: Assessed) -> str:
    """What is not usually anti-social behaviour had a letter of its own."""
    if fact.exclusion is not None:
        return "looked at how serious it is"
    serious = "serious " if fact.seriousness is Seriousness.SERIOUS else ""
    return f"decided to treat it as {serious}anti-social behaviour"


def _decision(answer: SecondLookAnswered, file: CaseFile, entries: Sequence[Entry]) -> str:
    if answer.upheld:
        return "Somebody else has looked again. We are keeping to what we told you."
    said = ["Somebody else has looked again, and we have changed our minds.", _no_longer_so(entries)]
    if not file.at_rest:
        said += ["The case stays open.", *_next_steps(file, answer.at)]
    return " ".join(said)


def _no_longer_so(entries: Sequence[Entry]) -> str:
    """Of the advice that stood when the second look was asked for."""
    advice: Fact | None = None
    looked_at: Fact | None = None
    for entry in entries:
        match entry.fact:
            case AdviceGiven() | Assessed(exclusion=Exclusion()):
                advice = entry.fact
            case SecondLookAsked():
                looked_at = advice
    if isinstance(looked_at, AdviceGiven):
        return _NO_LONGER[looked_at.advice]
    return "We will look into it after all."


def _taken_back(file: CaseFile, about: str) -> Values:
    """What they were given, and when; the reasons may say who complained."""
    matter = next(one for one in file.matters.values() if one.about == about)
    given_on = matter.held_since or london_day(matter.since)
    return {"what": COURSES[matter.kind].called, "given_on": day_in_words(given_on)}


def _reasons(about: Fact) -> list[str]:
    match about:
        case Assessed() | AdviceGiven() | SecondLookAnswered() | CaseClosed():
            words = about.reasons
        case ClosureProposed():
            words = about.explanation
        case _:
            raise KeyError(f"a letter has no reasons from {type(about).__name__}")
    return points(words)


def _questions(edition: Edition) -> list[str]:
    """`Has it stopped? (yes / it is less / no)`"""
    return [f"{question.asks} ({' / '.join(question.answers.values())})" for question in edition.questionnaire]


def _on(sentence: str, moment: datetime) -> str:
    return sentence.format(day=day_in_words(london_day(moment)))
