"""legal-test, legal-remedies: what a legal action rests on, and against whom it is."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from policy.case_file import CaseFile
from policy.facts import SYSTEM, CaseFact
from policy.facts.agreeing import (
    AgreementBreached,
    AgreementEnded,
    AgreementKind,
    AgreementProposed,
    AgreementSigned,
    BreachDecided,
)
from policy.facts.parts import Leaving, Part
from policy.facts.proceedings import Known, LegalActionFinished, LegalActionProposed, LegalActionTold, LegalStage
from policy.legal_action.facts import LegalActionBegun
from policy.legal_action.windows import Ground
from policy.refusals.legal import LegalActionGoesOn, LegalTestNotMet, RemedyNotPossible
from policy.rules import refusal_now
from policy.tenure import Tenure
from tests.given import EDITION, SUPERVISOR, case_of, report
from tests.policy import happenings as h
from tests.policy.happenings import recorded
from tests.policy.warned import MONDAY, PAT, WEEKLY, agreed, notice, proven, reviewed, served, to_be_warned

DAY = timedelta(days=1)
ROWAN, ASHLEY = (f"5f0c4f3e-8f0e-4c8e-9a51-00000000000{n}" for n in (1, 2))


def proposed(at: datetime, remedy: str = "injunction", **more: Any) -> LegalActionProposed:
    told = {
        "at": at,
        "remedy": remedy,
        "person": "perpetrator-1",
        "tenure": Tenure.ASSURED,
        "reasons": "It goes on.",
    }
    return LegalActionProposed.model_validate(told | more)


# the notice


def given(*notices: tuple[Ground, int]) -> CaseFile:
    """Each served so many days after Monday, and looked at before the next."""
    told = {"very_serious": "Fire.", "tenancy": WEEKLY, "proven": proven(MONDAY.date())}
    file = to_be_warned()
    for ground, days in notices:
        key, on = f"notice-{file.seq + 1}", MONDAY + days * DAY
        file = recorded(recorded(file, notice(MONDAY, ground, **told)), agreed(MONDAY, key), by=SUPERVISOR)
        file = recorded(file, served(on, key), reviewed(on, key))
    return file


def opens(file: CaseFile, at: datetime) -> tuple[date, date]:
    """What it was proposed on."""
    file = recorded(file, proposed(at, "possession", very_serious="Fire."), recorded_at=MONDAY + 500 * DAY)
    (begin,) = (one.begins for one in file.legal.values())
    assert isinstance(begin, LegalActionBegun)
    assert begin.known.window is not None
    return begin.known.window.opens, begin.known.window.closes


def test_proceedings_begin_on_the_notice_that_is_open_or_else_on_the_one_that_opens_first() -> None:
    for grounds in ((Ground.GROUND_14, 0), (Ground.GROUND_7A, 1)), ((Ground.GROUND_7A, 1), (Ground.GROUND_14, 0)):
        assert opens(given(*grounds), MONDAY + 2 * DAY) == (date(2023, 6, 5), date(2024, 6, 5))
    first = given((Ground.GROUND_12, 0), (Ground.GROUND_7A, 1))
    assert opens(first, MONDAY + 2 * DAY) == (date(2023, 6, 19), date(2024, 6, 5))


def test_of_those_that_are_open_it_is_the_one_that_lasts_longest() -> None:
    twice = given((Ground.GROUND_14, 0), (Ground.GROUND_14, 9))
    assert opens(twice, MONDAY + 10 * DAY) == (date(2023, 6, 14), date(2024, 6, 14))


def test_they_do_not_rest_on_a_notice_that_had_not_been_served_or_had_lapsed() -> None:
    twice = given((Ground.GROUND_14, 2), (Ground.GROUND_14, 9))
    assert opens(twice, MONDAY + 8 * DAY) == (date(2023, 6, 7), date(2024, 6, 7))
    assert opens(twice, MONDAY + 370 * DAY) == (date(2023, 6, 14), date(2024, 6, 14))
    for day in (MONDAY + DAY, MONDAY + 380 * DAY):
        with pytest.raises(RemedyNotPossible, match="was served and has not lapsed"):
            opens(twice, day)


# an agreement


def signed_by(*people: str) -> CaseFile:
    """Under 4, until 3 September; `perpetrator-2` is 3."""
    kind = AgreementKind.ACCEPTABLE_BEHAVIOUR
    return to_be_warned(
        h.taken_on(MONDAY, "perpetrator-2", Part.PERPETRATOR),
        AgreementProposed(at=MONDAY, kind=kind, words="No music after ten."),
        AgreementSigned(
            at=MONDAY,
            matter="agreement-4",
            terms="No music after ten.",
            parties=people,
            starts=MONDAY.date(),
            ends=date(2023, 9, 3),
        ),
    )


def breached(person: str | None = None) -> CaseFact:
    return AgreementBreached(at=MONDAY + DAY, agreement="agreement-4", words="Music until three.", person=person)


LATER = MONDAY + 2 * DAY


def test_an_agreement_that_was_broken_and_still_runs_is_a_warning_that_was_not_heeded() -> None:
    signed = signed_by("perpetrator-1")
    with pytest.raises(LegalTestNotMet, match="or an agreement that they broke"):
        recorded(signed, proposed(LATER))
    broken = recorded(signed, breached())
    decided = recorded(broken, BreachDecided(at=LATER, matter="breach-6", words="To court."))
    for file in (broken, decided):
        assert recorded(file, proposed(LATER)).legal
        with pytest.raises(LegalTestNotMet):
            recorded(file, proposed(MONDAY + 91 * DAY))
    ended = recorded(decided, AgreementEnded(at=LATER, matter="agreement-4", reasons="Another was signed."))
    with pytest.raises(LegalTestNotMet):
        recorded(ended, proposed(LATER))


def test_it_counts_against_those_who_signed_and_where_the_breach_is_one_s_against_that_one() -> None:
    theirs = recorded(signed_by("perpetrator-2"), breached())
    with pytest.raises(LegalTestNotMet):
        recorded(theirs, proposed(LATER))
    assert recorded(theirs, proposed(LATER, person="perpetrator-2")).legal
    one = recorded(signed_by("perpetrator-1", "perpetrator-2"), breached("perpetrator-2"))
    with pytest.raises(LegalTestNotMet):
        recorded(one, proposed(LATER))
    assert recorded(one, proposed(LATER, person="perpetrator-2")).legal
    both = recorded(one, breached("perpetrator-1"))
    assert recorded(both, proposed(LATER), proposed(LATER, person="perpetrator-2")).legal


def test_what_somebody_else_broke_does_not_count_against_whoever_they_turn_out_to_be() -> None:
    known = recorded(signed_by("perpetrator-1"), h.identified(MONDAY, "perpetrator-1", ROWAN), breached())
    with pytest.raises(LegalTestNotMet):
        recorded(known, h.identified(LATER, "perpetrator-1", ASHLEY), proposed(LATER))


# a child


@pytest.mark.parametrize("remedy", ["injunction", "injunction_with_arrest_or_exclusion"])
def test_an_injunction_against_somebody_under_18_needs_their_date_of_birth(remedy: str) -> None:
    child = h.taken_on(MONDAY, "perpetrator-2", Part.PERPETRATOR, minor=True)
    told = {"person": "perpetrator-2", "very_serious": "He held a knife."}
    with pytest.raises(RemedyNotPossible, match="perpetrator 2 is under 18: give their date of birth") as refused:
        to_be_warned(child, proposed(MONDAY, remedy, **told))
    assert refused.value.refusal.missing == ("their date of birth",)
    assert to_be_warned(child, proposed(MONDAY, remedy, born=date(2008, 1, 7), **told)).legal


# somebody else


SAME = h.identified(LATER, "perpetrator-1", ROWAN)
OTHER = h.identified(LATER, "perpetrator-1", ASHLEY)
BY_MISTAKE = h.left(LATER, "perpetrator-1", Leaving.BY_MISTAKE)


@pytest.mark.parametrize("put_right", [OTHER, BY_MISTAKE])
def test_whom_it_is_against_is_not_put_right_before_it_has_ended(put_right: CaseFact) -> None:
    known = to_be_warned(h.identified(MONDAY, "perpetrator-1", ROWAN))
    acted = recorded(known, proposed(MONDAY, very_serious="He held a knife."))
    with pytest.raises(LegalActionGoesOn, match="legal action against perpetrator 1 is under way"):
        recorded(acted, put_right)
    begun = LegalActionTold(at=MONDAY, matter="legal-action-4", known=Known())
    over = LegalActionFinished(at=LATER, matter="legal-action-4", stage=LegalStage.OVER)
    assert recorded(recorded(acted, begun, over, by=SYSTEM), put_right)


def test_they_may_become_known_and_move_away_meanwhile_and_others_be_put_right() -> None:
    second = h.taken_on(MONDAY, "perpetrator-2", Part.PERPETRATOR, person=ASHLEY)
    acted = to_be_warned(second, proposed(MONDAY, very_serious="He held a knife."))
    assert recorded(acted, SAME, SAME, h.left(LATER, "perpetrator-1", Leaving.MOVED_AWAY))
    assert recorded(acted, h.left(LATER, "perpetrator-2", Leaving.BY_MISTAKE))


def test_a_remedy_that_there_is_not_is_said_before_what_a_remedy_needs() -> None:
    with pytest.raises(RemedyNotPossible, match=r"is not one of these: .*Possession") as refused:
        recorded(to_be_warned(), proposed(MONDAY, "eviction"))
    assert refused.value.refusal.missing == ("a remedy that there is",)


def test_nobody_is_born_after_the_day() -> None:
    with pytest.raises(RemedyNotPossible, match="date of birth lies in the future") as refused:
        recorded(to_be_warned(), proposed(MONDAY, very_serious="Fire.", born=MONDAY.date() + DAY))
    assert refused.value.refusal.missing == ("their date of birth",)


# a substantial effect


def weighed(substantial: bool | None, at: datetime = MONDAY) -> CaseFact:
    return h.effect(at).model_copy(update={"substantial": substantial})


@pytest.mark.parametrize(
    ("said", "why", "missing"),
    [
        (None, "whether it is substantial", "whether the effect is substantial"),
        (False, "recorded as not substantial", "a substantial effect"),
    ],
    ids=["nobody said", "it is not"],
)
def test_legal_action_needs_an_effect_that_is_substantial(said: bool | None, why: str, missing: str) -> None:
    file = recorded(case_of(report(MONDAY, about=PAT)), weighed(said))
    serious = proposed(MONDAY, very_serious="Fire.")
    with pytest.raises(LegalTestNotMet, match=why) as refused:
        recorded(file, serious)
    assert refused.value.refusal.missing == (missing,)
    assert refused.value.refusal.missing_facts == ("effect_recorded",)
    assert refusal_now(file, LegalActionProposed, EDITION)
    assert recorded(file, notice(MONDAY, Ground.GROUND_14, very_serious="Fire.")), "a notice asks for none"
    assert recorded(file, weighed(True), serious)


def test_the_last_word_on_the_effect_holds_and_leaving_it_open_takes_none_back() -> None:
    file = recorded(case_of(report(MONDAY, about=PAT)), weighed(True))
    serious = proposed(MONDAY + 2 * DAY, very_serious="Fire.")
    assert recorded(file, weighed(None, MONDAY + DAY), serious)
    with pytest.raises(LegalTestNotMet):
        recorded(file, weighed(False, MONDAY + DAY), serious)
    earlier = recorded(recorded(file, weighed(True, MONDAY + DAY)), weighed(False), recorded_at=MONDAY + DAY)
    assert recorded(earlier, serious), "an earlier word that is written down late"
