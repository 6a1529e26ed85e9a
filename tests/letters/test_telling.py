"""A witness or somebody who tells it for another is not written to as though it had happened to them."""

from datetime import timedelta

import pytest

from letters.compose import DEMO_LANDLORD, Addressee, ComposedLetter, LetterContent, compose
from letters.telling import Contacts, values_for
from policy.duties import duties
from policy.facts import CaseFact, Entry
from policy.facts.consequences import ClosingDiscussed
from policy.facts.letters import LetterKind
from policy.facts.parts import Part
from policy.facts.reporting import HatePerception, Perceiver, Reporter, Strand
from tests.given import ROWAN, assessed, case_of, contact, entry, london, report
from tests.policy import happenings as h

MONDAY = london(2023, 6, 5)
LATER = MONDAY + timedelta(days=1)
CONTACTS = Contacts("The team", "01632 960 000", "the council", "01632 960 200")
HATE = HatePerception(strands=(Strand.RACE,), perceived_by=Perceiver.WITNESS)
NOT_THE_VICTIM = (Reporter.WITNESS, Reporter.THIRD_PARTY)


def written(kind: LetterKind, *facts: CaseFact) -> ComposedLetter:
    """The letter of that kind which the case owes after these facts."""
    entries: list[Entry] = [entry(fact, h.usual_actor(fact)) for fact in facts]
    file = case_of(facts[0])
    file = h.recorded(file, *facts[1:])
    duty = next(duty for duty in duties(file) if duty.kind is kind)
    about = entries[0] if kind is LetterKind.ACKNOWLEDGEMENT else entries[-1]
    duty = duty.model_copy(update={"about": about.id})
    values = values_for(duty, file, entries, CONTACTS)
    name = Addressee(name=ROWAN.name or "", address_lines=ROWAN.address)
    content = LetterContent(kind=kind, reference=file.ref, date=LATER.date(), addressee=name, values=values)
    return compose(content, DEMO_LANDLORD)


@pytest.mark.parametrize("reporter", NOT_THE_VICTIM)
def test_the_acknowledgement_of_hate_seen_speaks_to_whoever_saw_it(reporter: Reporter) -> None:
    text = written(LetterKind.ACKNOWLEDGEMENT, report(MONDAY, reporter=reporter, hate=HATE)).text
    assert "how it felt" not in text
    assert "what you saw or heard" in text
    assert "support for yourself" in text
    assert "offer you an appointment" not in text
    assert "We will speak to you by" in text


def test_the_victim_of_hate_is_written_to_as_the_victim() -> None:
    text = written(LetterKind.ACKNOWLEDGEMENT, report(MONDAY, hate=HATE)).text
    assert "how it felt" in text
    assert "what you saw or heard" not in text
    assert "offer you an appointment" in text


def closing(reporter: Reporter, *also: CaseFact) -> str:
    facts = (
        report(MONDAY, "alarm_or_distress", reporter=reporter),
        *also,
        contact(MONDAY),
        h.police_advice(MONDAY),
        h.appointment(MONDAY),
        assessed(MONDAY, category="alarm_or_distress"),
        ClosingDiscussed(at=LATER, agrees=True, words="Yes."),
        h.proposal(LATER),
    )
    return written(LetterKind.CLOSING_LETTER, *facts).text


@pytest.mark.parametrize("reporter", NOT_THE_VICTIM)
def test_the_closing_letter_says_what_was_told_and_not_that_it_happened_to_the_reader(reporter: Reporter) -> None:
    text = closing(reporter)
    assert "you told us about behaviour that upset or frightened somebody." in text
    assert "we spoke to you." in text
    assert "appointment" not in text
    assert "your case" not in text


def test_the_closing_letter_to_the_victim_tells_all_that_was_done_with_them() -> None:
    text = closing(Reporter.VICTIM)
    assert "you told us about behaviour that upset or frightened you." in text
    assert "we offered you an appointment." in text


def test_what_another_victim_was_told_is_not_told_to_whoever_reported() -> None:
    another = h.taken_on(MONDAY, "victim-1", Part.VICTIM)
    told = h.appointment(MONDAY, "victim-1"), h.police_advice(MONDAY, "victim-1")
    text = closing(Reporter.VICTIM, another, *told)
    assert text.count("we offered you an appointment") == text.count("how to reach the police") == 1
