"""formal-warnings, legal-remedies: what is open already is not brought in once more; what is another thing is."""

import pytest

from policy.facts.parts import Part
from policy.facts.proceedings import LegalActionProposed
from policy.facts.warning import WarningProposed
from policy.legal_action.windows import Ground
from policy.refusals.legal import LegalActionGoesOn, WarningIsOpen
from policy.rules import refusal_now
from policy.tenure import Tenure
from tests.given import EDITION, london
from tests.policy import happenings as h
from tests.policy.happenings import recorded
from tests.policy.test_legal_action_on_a_case import IN_FORCE, OVER, proposed, under_way
from tests.policy.warned import DAY, MONDAY, letter, notice, reviewed, taken_back, to_be_warned, warned_by_post

STEPS_OF_A_LETTER = (("warning_letter", Tenure.ASSURED), ("starter_warning", Tenure.STARTER))


# warnings


def test_the_same_warning_is_not_proposed_again_before_the_first_was_looked_at() -> None:
    file = to_be_warned(letter(MONDAY))
    with pytest.raises(WarningIsOpen, match=r"Warning letter to perpetrator 1 is proposed already \(warning-3\)"):
        recorded(file, letter(MONDAY + DAY))
    posted = warned_by_post()
    with pytest.raises(WarningIsOpen, match="was served on Tuesday 6 June 2023 already") as refused:
        recorded(posted, letter(MONDAY + 2 * DAY))
    assert refused.value.refusal.missing_facts == ("warning_reviewed", "warning_taken_back")
    looked_at = recorded(posted, reviewed(MONDAY + 9 * DAY, "warning-3"))
    assert len(recorded(looked_at, letter(MONDAY + 10 * DAY)).warnings) == 2


def test_the_same_warning_is_proposed_again_once_the_first_has_lapsed_or_was_taken_back_or_declined() -> None:
    year_later = london(2024, 6, 7)
    assert len(recorded(warned_by_post(), letter(year_later)).warnings) == 2
    with pytest.raises(WarningIsOpen):
        recorded(warned_by_post(), letter(year_later - DAY))
    back = recorded(to_be_warned(letter(MONDAY)), taken_back(MONDAY, "warning-3"))
    assert list(recorded(back, letter(MONDAY)).warnings) == ["warning-5"]


def test_what_is_too_serious_to_wait_or_on_other_grounds_or_to_somebody_else_is_another_warning() -> None:
    two = to_be_warned(h.taken_on(MONDAY, "perpetrator-2", Part.PERPETRATOR), letter(MONDAY))
    others = (letter(MONDAY, person="perpetrator-2"), letter(MONDAY, very_serious="Fire."))
    assert len(recorded(two, *others).warnings) == 3
    serious = {"very_serious": "Fire."}
    noticed = recorded(two, notice(MONDAY, Ground.GROUND_14, **serious))
    both = (Ground.GROUND_14, Ground.GROUND_12)
    assert len(recorded(noticed, notice(MONDAY, *both, **serious)).warnings) == 3
    with pytest.raises(WarningIsOpen, match="Notice of seeking possession to perpetrator 1"):
        recorded(noticed, notice(MONDAY, Ground.GROUND_14, **serious))


def test_a_warning_is_not_offered_where_each_that_there_is_is_open() -> None:
    ways = [
        letter(MONDAY, *step, very_serious=serious) for step in STEPS_OF_A_LETTER for serious in (None, "Fire.")
    ]
    refusal = refusal_now(to_be_warned(*ways[:3]), WarningProposed, EDITION)
    assert refusal is None
    refusal = refusal_now(to_be_warned(*ways), WarningProposed, EDITION)
    assert refusal is not None
    assert refusal.refused == "WarningIsOpen"


# legal action


def test_the_same_against_the_same_person_is_not_proposed_again_until_it_is_over() -> None:
    with pytest.raises(LegalActionGoesOn, match=r"Injunction against perpetrator 1 is under way already \(legal-"):
        recorded(to_be_warned(proposed()), proposed())
    with pytest.raises(LegalActionGoesOn):
        recorded(under_way(IN_FORCE), proposed(at=MONDAY + 3 * DAY))
    assert recorded(under_way(OVER), proposed(at=MONDAY + 3 * DAY)).legal
    two = recorded(to_be_warned(proposed()), h.taken_on(MONDAY, "perpetrator-2", Part.PERPETRATOR))
    assert len(recorded(two, proposed(person="perpetrator-2")).legal) == 2


def test_it_is_not_offered_where_each_remedy_that_needs_no_notice_is_asked_for() -> None:
    file = recorded(to_be_warned(proposed()), proposed("injunction_with_arrest_or_exclusion"))
    refusal = refusal_now(file, LegalActionProposed, EDITION)
    assert refusal is not None
    assert refusal.refused == "LegalActionGoesOn"
    assert refusal_now(to_be_warned(proposed()), LegalActionProposed, EDITION) is None
