"""What each letter tells its reader: what was so, what is theirs to know, and where to turn if they disagree."""

from datetime import timedelta

import pytest
from letter_samples import a_letter

from letters.compose import DEMO_LANDLORD, Addressee, ComposedLetter, LetterContent, compose
from letters.telling import Contacts, values_for
from policy.duties import duties
from policy.facts import CaseFact, Entry
from policy.facts.assessing import Advice, Exclusion
from policy.facts.consequences import ClosingDiscussed
from policy.facts.evidence import DiaryIssued
from policy.facts.letters import LetterKind
from policy.facts.needs import SafeContact
from policy.facts.parts import Part
from policy.facts.people import Means, Person
from policy.facts.promising import PromiseKept, PromiseMade
from policy.facts.reporting import HatePerception, Perceiver, Reporter, Strand
from tests.given import ROWAN, assessed, case_of, contact, entry, london, report
from tests.policy import happenings as h

MONDAY = london(2023, 6, 5)
LATER = MONDAY + timedelta(days=1)
CONTACTS = Contacts("The team", "01632 960 000", "the council", "01632 960 200")
HATE = HatePerception(strands=(Strand.RACE,), perceived_by=Perceiver.WITNESS)
EXCLUDED = assessed(MONDAY, exclusion=Exclusion.ONE_OFF)
DECIDES_NOTHING = (
    *(LetterKind.ACKNOWLEDGEMENT, LetterKind.QUESTIONNAIRE_REMINDER, LetterKind.APPOINTMENT),
    *(LetterKind.DIARY_SHEETS, LetterKind.MEDIATION_OFFER, LetterKind.REFERRAL_NOTICE, LetterKind.HEARING),
    LetterKind.TEXT_MESSAGE,
)
TO_THE_OTHER_SIDE = (
    *(LetterKind.TO_PERPETRATOR, LetterKind.WARNING, LetterKind.WARNING_TAKEN_BACK, LetterKind.NOTICE_COVER),
    LetterKind.AGREEMENT,
)
TELLS_OF_NO_REVIEW = (*TO_THE_OTHER_SIDE, LetterKind.UPDATE)
HEADINGS_TO_THEM = ("What we were told", "Your side", "What we have decided so far", "What happens next")
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


def test_what_is_serious_at_once_is_not_still_to_be_decided_and_help_has_its_day() -> None:
    text = written(LetterKind.ACKNOWLEDGEMENT, report(MONDAY, hate=HATE)).text
    assert "decide how serious" not in text
    assert "We treat this as serious from now on." in text
    assert "We will offer you somebody who can support you by" in text
    assert "decide how serious" in written(LetterKind.ACKNOWLEDGEMENT, report(MONDAY)).text


def test_the_acknowledgement_of_abuse_offers_help_in_words_that_say_nothing_of_it() -> None:
    safe = SafeContact(means=(Means.EMAIL, Means.POST))
    text = written(LetterKind.ACKNOWLEDGEMENT, report(MONDAY, domestic_abuse=True, safe_contact=safe)).text
    assert "0808 16 89 111" in text
    assert "We will offer you help from somebody who is not part of us by Monday 5 June 2023." in text
    for word in ("abuse", "domestic", "partner", "refuge", "family", "0808 2000 247"):
        assert word not in text.lower()
    assert "0808" not in written(LetterKind.ACKNOWLEDGEMENT, report(MONDAY)).text


def closing(reporter: Reporter, *also: CaseFact, means: Means = Means.PHONE) -> str:
    facts = (
        report(MONDAY, "alarm_or_distress", reporter=reporter),
        *also,
        contact(MONDAY).model_copy(update={"means": means}),
        h.police_advice(MONDAY),
        h.appointment(MONDAY),
        assessed(MONDAY, category="alarm_or_distress"),
        ClosingDiscussed(at=LATER, agrees=True, words="Yes."),
        h.proposal(LATER),
    )
    return written(LetterKind.CLOSING_LETTER, *facts).text


def second_look(judged: CaseFact, *, upheld: bool) -> str:
    answered = h.second_look_answered(LATER).model_copy(update={"upheld": upheld})
    facts = report(MONDAY), contact(MONDAY), judged, h.second_look(MONDAY), answered
    return written(LetterKind.SECOND_LOOK_ANSWER, *facts).text


def test_a_promise_to_the_reader_that_was_kept_is_among_what_was_done_and_nobody_else_s() -> None:
    def kept(person: str | None) -> str:
        made = PromiseMade(at=MONDAY, person=person, words="We mend the {lock} by Friday.")
        return closing(Reporter.VICTIM, made, PromiseKept(at=LATER, matter="promise-2", words="Mended."))

    done = "On Tuesday 6 June 2023 we did what we had promised you: We mend the {lock} by Friday."
    assert done in kept("complainant")
    assert "promised you" not in kept(None)


@pytest.mark.parametrize("kind", ["closing-letter", "questionnaire-reminder", "diary-sheets"])
def test_a_letter_that_is_read_on_paper_or_a_screen_says_which_way_leads_where(kind: str) -> None:
    text = compose(a_letter(kind, own_link="https://casework.example/l/abc"), DEMO_LANDLORD).text
    assert "at the top" not in text
    assert "answer on this page" not in text
    assert "our address" in text


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


@pytest.mark.parametrize(
    ("means", "words"),
    [
        (Means.PHONE, "we spoke to you."),
        (Means.TEXT, "we sent you a text message."),
        (Means.EMAIL, "we wrote to you."),
        (Means.POST, "we wrote to you."),
        (Means.VISIT, "we visited you."),
    ],
)
def test_the_closing_letter_says_how_we_were_in_touch(means: Means, words: str) -> None:
    assert f"On Monday 5 June 2023 {words}" in closing(Reporter.VICTIM, means=means)


def test_an_incident_that_names_no_kind_of_behaviour_is_told_as_having_happened_again() -> None:
    text = closing(Reporter.VICTIM, h.incident(MONDAY, None))
    assert "On Monday 5 June 2023 you told us that it had happened again." in text
    assert "told us about it" not in text


def test_what_somebody_else_told_of_it_is_not_said_to_have_been_told_by_the_reader() -> None:
    for seen_by in (Reporter.WITNESS, Reporter.THIRD_PARTY, Reporter.ANONYMOUS):
        text = closing(Reporter.VICTIM, h.incident(MONDAY, "violence", reporter=seen_by))
        assert "violence" not in text
    assert "drugs" not in closing(Reporter.WITNESS, h.incident(MONDAY, "drugs"))


def test_what_happened_twice_on_one_day_is_told_once() -> None:
    text = closing(Reporter.VICTIM, contact(MONDAY), *[h.incident(MONDAY, "noise")] * 2)
    assert text.count("we spoke to you.") == text.count("you told us about noise.") == 1


def test_the_closing_letter_says_how_serious_we_thought_it_was() -> None:
    assert "decided to treat it as anti-social behaviour." in closing(Reporter.VICTIM)
    serious = closing(Reporter.VICTIM, assessed(MONDAY, serious=True, category="alarm_or_distress"))
    assert "decided to treat it as serious anti-social behaviour." in serious


def test_what_is_not_usually_anti_social_behaviour_is_not_judged_again_in_the_closing_letter() -> None:
    text = closing(Reporter.VICTIM, EXCLUDED)
    assert "On Monday 5 June 2023 we looked at how serious it is." in text


@pytest.mark.parametrize(
    ("judged", "now"),
    [
        (h.advice(MONDAY), "You do not have to speak to the other person first."),
        (
            h.advice(MONDAY).model_copy(update={"advice": Advice.NOT_REASONABLE}),
            "We no longer say that asking the other person to stop would be unfair.",
        ),
        (EXCLUDED, "We will look into it after all."),
    ],
)
def test_advice_that_did_not_stand_is_answered_with_what_holds_now(judged: CaseFact, now: str) -> None:
    text = second_look(judged, upheld=False)
    assert f"we have changed our minds. {now} The case stays open." in text
    assert "We will tell you how the case stands by Monday 19 June 2023." in text


def test_advice_that_stood_is_answered_without_promises() -> None:
    text = second_look(h.advice(MONDAY), upheld=True)
    assert "We are keeping to what we told you." in text
    assert "stays open" not in text


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind not in DECIDES_NOTHING])
def test_whoever_is_told_what_we_decided_is_told_where_to_complain(kind: LetterKind) -> None:
    text = compose(a_letter(kind), DEMO_LANDLORD).text
    assert "You can make a complaint to us." in text
    assert "Housing Ombudsman" in text
    assert ("community trigger" in text) is (kind not in TELLS_OF_NO_REVIEW)


def test_somebody_complained_about_is_asked_for_their_side_before_they_read_what_was_decided() -> None:
    text = compose(a_letter("to-perpetrator"), DEMO_LANDLORD).text
    told, side, decided, then = (text.index(f"\n{heading}\n") for heading in HEADINGS_TO_THEM)
    assert told < side < decided < then
    for presumed in ("drink", "drug", "scared", "neighbour", "have to act"):
        assert presumed not in text


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (
            LetterKind.CLOSING_LETTER,
            (
                contact(MONDAY),
                assessed(MONDAY),
                ClosingDiscussed(at=LATER, agrees=True, words="Yes."),
                h.proposal(LATER),
            ),
        ),
        (LetterKind.DIARY_SHEETS, (DiaryIssued(at=MONDAY, words="Please write it down."),)),
    ],
)
@pytest.mark.parametrize("means", [Means.EMAIL, Means.POST])
def test_how_to_send_something_back_is_said_by_how_the_letter_goes(
    kind: LetterKind, facts: tuple[CaseFact, ...], means: Means
) -> None:
    """An e-mail can be answered; paper is posted."""
    reader = Person(name="Rowan Example", email="rowan@example.org", address=("2 Invented Row",), prefers=means)
    text = written(kind, report(MONDAY, complainant=reader), *facts).text
    assert ("to our address" in text) is (means is Means.POST)
    assert ("Our address is in this letter" in text or "our address is in this letter" in text) is (
        means is Means.EMAIL
    )
    assert "this page" not in text
