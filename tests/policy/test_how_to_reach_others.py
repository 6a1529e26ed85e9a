"""Contact with somebody else than the complainant, in the way that they need. (needs-met, section 6)"""

from datetime import time, timedelta
from typing import Final

import pytest

from policy.case_file import CaseFile
from policy.duties import duties
from policy.facts import CaseFact
from policy.facts.needs import Adjustment, NeedTold, SafeContact
from policy.facts.parts import Leaving, Part
from policy.facts.people import Means, Party
from policy.facts.reporting import Reporter
from policy.refusals import KeyDoesNotFit
from tests.given import case_of, contact, london, report
from tests.policy import happenings as h

MONDAY: Final = london(2023, 6, 5)
DAY: Final = timedelta(days=1)
EVENING: Final = london(2023, 6, 5, 18)
MORNING: Final = london(2023, 6, 6, 10)
ONE: Final = "5b4f6d5e-0f5c-4a53-9f4f-1f3f6f0f2a01"
ANOTHER: Final = "5b4f6d5e-0f5c-4a53-9f4f-1f3f6f0f2a02"


def other_victim(*more: CaseFact) -> CaseFile:
    joined = h.taken_on(MONDAY, "victim-1", Part.VICTIM)
    way = SafeContact(means=(Means.PHONE,), until_time=time(12))
    told = NeedTold(
        at=MONDAY, person="victim-1", kind="safe_contact", safe_contact=way, words="Not when he is in."
    )
    return h.recorded(case_of(report(MONDAY), joined, told), *more)


@pytest.mark.parametrize(
    "wrong",
    [
        h.contacted(EVENING, "victim-1"),
        h.contacted(EVENING, "victim-1", reached=False),
        h.contacted(MORNING, "victim-1", Means.VISIT),
        h.appointment(EVENING, "victim-1"),
        h.police_advice(EVENING, "victim-1"),
    ],
)
def test_another_victim_who_was_contacted_in_an_unsafe_way_shows_until_it_is_right(wrong: CaseFact) -> None:
    file = other_victim(wrong)
    owed = h.owed(file)["right-way:victim-1"]
    assert owed.due == london(2023, 6, (MORNING if wrong.at == EVENING else MORNING + DAY).day, 17)
    assert owed.owed == (
        "Contact victim 1 again by telephone, until 12:00, and see that they are all right: "
        "the last way was not safe for them"
    )
    assert "right-way:victim-1" in h.owed(h.recorded(file, contact(MORNING)))
    tried = h.contacted(MORNING + DAY, "victim-1", reached=False)
    assert "right-way:victim-1" in h.owed(h.recorded(file, tried))
    assert "right-way:victim-1" not in h.owed(h.recorded(file, h.contacted(MORNING + DAY, "victim-1")))


def test_what_is_said_to_somebody_else_stops_none_of_the_complainant_s_clocks() -> None:
    file = other_victim()
    after = h.recorded(file, h.contacted(MORNING, "victim-1"))
    assert {key: one.due for key, one in h.owed(after).items()} == {k: one.due for k, one in h.owed(file).items()}
    assert (after.first_contact_at, after.last_contact_at) == (None, None)


def test_the_complainant_is_not_somebody_else() -> None:
    with pytest.raises(KeyDoesNotFit, match="so that it counts"):
        other_victim(h.contacted(MORNING, "complainant"))


def test_whoever_has_left_or_turns_out_to_be_somebody_else_is_owed_no_other_way() -> None:
    file = other_victim(h.contacted(EVENING, "victim-1"))
    for fact in (h.left(MORNING, "victim-1"), h.left(MORNING, "victim-1", Leaving.BY_MISTAKE)):
        assert "right-way:victim-1" not in h.owed(h.recorded(file, fact))
    known = h.recorded(file, h.identified(MORNING, "victim-1", ONE))
    assert "right-way:victim-1" in h.owed(known)
    assert "right-way:victim-1" not in h.owed(h.recorded(known, h.identified(MORNING, "victim-1", ANOTHER)))


def test_a_victim_who_was_contacted_before_anybody_named_them_is_still_owed_the_right_way() -> None:
    witness = report(MONDAY, "violence", reporter=Reporter.WITNESS)
    by_phone = SafeContact(means=(Means.PHONE,))
    need = NeedTold(at=MONDAY, person="victim", kind="safe_contact", safe_contact=by_phone, words="Only so.")
    file = case_of(witness, need, h.contacted(EVENING, "victim", Means.VISIT))
    named = h.recorded(file, h.taken_on(MORNING, "victim-1", Part.VICTIM))
    assert "right-way:victim" not in h.owed(named)
    assert h.owed(named)["right-way:victim-1"].due == london(2023, 6, 7, 17)


def speaks_polish(person: str, *adjustments: Adjustment, language: str | None = None) -> NeedTold:
    return NeedTold(
        at=MONDAY, person=person, kind="language", adjustments=adjustments, language=language, words="Polish."
    )


def test_another_victim_s_interpreter_is_theirs_and_nobody_interprets_what_is_written() -> None:
    file = other_victim(speaks_polish("victim-1", Adjustment.INTERPRETER))
    without = h.contacted(MORNING, "victim-1")
    assert "right-way:victim-1" in h.owed(h.recorded(file, without))
    with_one = without.model_copy(update={"interpreter": True})
    assert "right-way:victim-1" not in h.owed(h.recorded(file, with_one))
    assert "right-way:complainant" not in h.owed(h.recorded(file, contact(MORNING)))
    theirs = case_of(report(MONDAY), speaks_polish("complainant", Adjustment.INTERPRETER))
    by_text = contact(MORNING).model_copy(update={"means": Means.TEXT})
    assert "right-way:complainant" not in h.owed(h.recorded(theirs, by_text))


@pytest.mark.parametrize("need", [{"language": "pl"}, {"adjustments": (Adjustment.ADVOCATE_COPIED,)}])
def test_a_person_sends_each_letter_that_its_reader_needs_translated_or_copied(need: dict[str, object]) -> None:
    about = Party(name="Pat Sample", address=("3 Invented Row",))
    file = h.recorded(case_of(report(MONDAY, about=about)), h.told_off(MONDAY))
    for reader in ("complainant", "perpetrator-1"):
        told = NeedTold(at=MONDAY, person=reader, kind="language", words="As they said.", **need)
        by_hand = {duty.to: duty.by_hand for duty in duties(h.recorded(file, told))}
        assert by_hand == {"complainant": reader == "complainant", "perpetrator-1": reader == "perpetrator-1"}


def test_a_letter_is_not_wrong_for_who_asked_to_be_spoken_to() -> None:
    by_visit = NeedTold(at=MONDAY, kind="reading", means=(Means.VISIT,), words="Come and see me.")
    file = h.recorded(case_of(report(MONDAY)), by_visit)
    (letter,) = duties(file)
    assert "right-way:complainant" not in h.owed(h.recorded(file, h.sent(MORNING, letter.key)))
