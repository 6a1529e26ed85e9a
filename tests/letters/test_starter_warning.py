"""What a starter tenant is warned of: their home. (formal-warnings, clear-consequences)"""

import pytest
from letter_samples import a_letter

from letters.compose import DEMO_LANDLORD, compose
from letters.telling import values_for
from policy.duties import duties
from policy.facts import Entry
from policy.facts.letters import LetterKind
from policy.tenure import Tenure
from tests.given import SUPERVISOR, case_of, entry, report
from tests.letters.test_telling import CONTACTS
from tests.letters.test_wording import reading_grade
from tests.policy import happenings as h
from tests.policy.warned import MONDAY, PAT, agreed, letter

AT_RISK = "Your home is at risk"


def warned_by(step: str, tenure: Tenure) -> str:
    """The letter that is written once somebody has agreed to that warning."""
    facts = [report(MONDAY, about=PAT), h.effect(MONDAY), letter(MONDAY, step, tenure)]
    entries: list[Entry] = [entry(fact) for fact in facts]
    file = h.recorded(case_of(facts[0]), *facts[1:])
    file = h.recorded(file, agreed(MONDAY, "warning-3"), by=SUPERVISOR)
    duty = next(duty for duty in duties(file) if duty.kind is LetterKind.WARNING)
    values = values_for(duty.model_copy(update={"about": entries[-1].id}), file, entries, CONTACTS)
    return compose(a_letter(LetterKind.WARNING, **values), DEMO_LANDLORD).text


def test_a_starter_tenant_is_told_what_their_tenancy_risks_and_what_we_can_decide() -> None:
    text = warned_by("starter_warning", Tenure.STARTER)
    assert AT_RISK in text
    for decision in ("make it a full tenancy", "make the trial longer", "end it"):
        assert decision in text
    assert "only a court can make you leave" in text


def test_they_are_told_how_to_answer_and_where_to_get_help_with_their_home() -> None:
    text = warned_by("starter_warning", Tenure.STARTER)
    answer, help_ = text.index("How to answer"), text.index("Where to get help")
    assert text.index(AT_RISK) < answer < help_
    assert "before we decide about your tenancy" in text[answer:help_]
    assert "Shelter" in text[help_:]
    assert "0808 800 4444" in text[help_:]


@pytest.mark.parametrize("tenure", [Tenure.STARTER, Tenure.ASSURED, Tenure.NONE])
def test_a_warning_letter_says_nothing_of_a_starter_tenancy(tenure: Tenure) -> None:
    text = warned_by("warning_letter", tenure)
    assert AT_RISK not in text
    assert "Shelter" not in text
    assert "starter" not in text


def test_a_thirteen_year_old_can_read_it() -> None:
    text, _, _ = warned_by("starter_warning", Tenure.STARTER).partition("Yours sincerely")
    assert reading_grade(text) < 7
