"""What each letter tells: values for the wording, from the case file and its facts. Nobody's words but ours and
those that an officer wrote for its reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.deadlines import deadlines
from policy.duties import SendLetter
from policy.editions import Edition, of
from policy.facts import Entry
from policy.facts.assessing import AdviceGiven, Assessed, SecondLookAnswered
from policy.facts.base import Fact
from policy.facts.closing import CaseClosed, ClosureProposed
from policy.facts.consequences import PerpetratorWrittenTo
from policy.facts.contact import AppointmentOffered, ContactMade, PoliceAdvised
from policy.facts.letters import LetterKind
from policy.facts.reporting import IncidentReported, Reporter, ReportReceived
from policy.facts.warning import WarningProposed
from policy.working_days import day_in_words, london_day

Values = dict[str, str | list[str]]

_NEXT_STEPS: Final = {
    "appointment": "We will offer you an appointment by {day}.",
    "first-contact": "We will speak to you by {day}.",
    "assessment": "We will decide how serious this is by {day}.",
}

_FOR_THE_VICTIM: Final = frozenset({"appointment"})
"""Steps that somebody who saw it, or tells it for another, is not promised."""

_DONE: Final[Mapping[type[Fact], str]] = {
    ContactMade: "On {day} we spoke to you.",
    AppointmentOffered: "On {day} we offered you an appointment.",
    PoliceAdvised: "On {day} we told you how to reach the police.",
    Assessed: "On {day} we decided how serious it is.",
}


_DONE_FOR_ANYBODY: Final[Mapping[type[Fact], str]] = {kind: _DONE[kind] for kind in (ContactMade, Assessed)}
"""What we did with whoever reported; appointments and advice may have been for the victim alone."""


@dataclass(frozen=True)
class Contacts:
    """Whom the reader is told to ring, and where a case review is asked for."""

    officer: str
    officer_phone: str
    council: str
    case_review: str


def values_for(duty: SendLetter, file: CaseFile, entries: Sequence[Entry], contacts: Contacts) -> Values:
    """Raises KeyError when the fact that the letter is about is not among the entries."""
    about = {entry.id: entry.fact for entry in entries}[duty.about]
    values: Values = {"officer": contacts.officer, "officer_phone": contacts.officer_phone}
    match duty.kind:
        case LetterKind.ACKNOWLEDGEMENT:
            theirs = _happened_to_reader(file)
            switches = {
                "police_advice": duty.police_advice,
                "hate": duty.hate and theirs,
                "hate_seen": duty.hate and not theirs,
            }
            values |= {name: "yes" for name, on in switches.items() if on}
            values["next_steps"] = _next_steps(file)
        case LetterKind.CLOSING_LETTER:
            edition = of(file.edition)
            values |= {"council": contacts.council, "case_review_contact": contacts.case_review}
            theirs = _happened_to_reader(file)
            told = _DONE if theirs else _DONE_FOR_ANYBODY
            values["reported"] = [s for e in entries if (s := _reported(e.fact, edition, theirs=theirs))]
            values["done"] = [
                _on(told[type(e.fact)], e.at) for e in entries if type(e.fact) in told and _with_them(e.fact)
            ]
            values |= {"questions": _questions(edition), "reasons": _reasons(about)}
        case LetterKind.QUESTIONNAIRE_REMINDER:
            values["questions"] = _questions(of(file.edition))
        case LetterKind.TO_PERPETRATOR | LetterKind.WARNING if isinstance(
            about, PerpetratorWrittenTo | WarningProposed
        ):
            values |= {"alleged": _points(about.alleged), "decided": _points(about.decided)}
            values["happens_next"] = _points(about.happens_next)
        case LetterKind.HONEST_ADVICE if isinstance(about, AdviceGiven):
            values |= {about.advice.value: "yes", "reasons": _reasons(about)}
        case LetterKind.SECOND_LOOK_ANSWER if isinstance(about, SecondLookAnswered):
            values |= {"decision": _decision(upheld=about.upheld), "reasons": _reasons(about)}
        case _:
            values["reasons"] = _reasons(about)
    return values


def _next_steps(file: CaseFile) -> list[str]:
    owed = deadlines(file, of(file.edition))
    promised = _NEXT_STEPS.keys() - (frozenset() if _happened_to_reader(file) else _FOR_THE_VICTIM)
    steps = [_on(_NEXT_STEPS[d.key], d.due) for d in owed if d.key in promised]
    return steps or ["We will look at what you told us and come back to you."]


def _with_them(fact: Fact) -> bool:
    """What another victim was told is not told to whoever reported."""
    return not isinstance(fact, AppointmentOffered | PoliceAdvised) or fact.person == COMPLAINANT


def _happened_to_reader(file: CaseFile) -> bool:
    """False for a witness or third party, who is written to and is not the victim."""
    return file.reporter not in {Reporter.WITNESS, Reporter.THIRD_PARTY}


def _reported(fact: Fact, edition: Edition, *, theirs: bool) -> str | None:
    """What was told on another case, which may be somebody else's, is not told to this one's complainant."""
    if not isinstance(fact, ReportReceived | IncidentReported):
        return None
    if isinstance(fact, IncidentReported) and fact.told_on is not None:
        return None
    category = edition.category(fact.category) if fact.category else None
    what = "it"
    if category:
        what = category.in_letters if theirs else category.in_letters_to_others or category.in_letters
    return _on(f"On {{day}} you told us about {what}.", fact.at)


def _decision(*, upheld: bool) -> str:
    if upheld:
        return "Somebody else has looked again. We are keeping to what we told you."
    return "Somebody else has looked again. We have changed what we told you."


def _reasons(about: Fact) -> list[str]:
    match about:
        case Assessed() | AdviceGiven() | SecondLookAnswered() | CaseClosed():
            words = about.reasons
        case ClosureProposed():
            words = about.explanation
        case _:
            raise KeyError(f"a letter has no reasons from {type(about).__name__}")
    return _points(words)


def _points(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


def _questions(edition: Edition) -> list[str]:
    """`Has it stopped? (yes / it is less / no)`"""
    return [f"{question.asks} ({' / '.join(question.answers.values())})" for question in edition.questionnaire]


def _on(sentence: str, moment: datetime) -> str:
    return sentence.format(day=day_in_words(london_day(moment)))
