"""legal-remedies: what was begun while the law had such tenancies goes on after it has ended them."""

from datetime import date

import pytest

from policy.editions import Edition
from policy.facts import Fact
from policy.facts.proceedings import LegalStage
from policy.legal_action import folding, rules
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import LegalEntry
from policy.refusals.legal import RemedyNotPossible
from policy.tenure import Tenure
from tests.given import SUPERVISOR
from tests.policy.legal_action.acting import DAY, ISSUED, TO_COURT, decided, empty, proposed
from tests.policy.legal_action.test_steps import ended

LAST = date(2023, 6, 7)
"""Two days after it begins."""


def told(edition: Edition, *facts: Fact) -> LegalFile:
    file = empty()
    for number, fact in enumerate(facts):
        entry = LegalEntry.model_validate(
            {"id": f"fact-{number}", "by": SUPERVISOR, "recorded_at": fact.at, "fact": fact}
        )
        rules.check(file, entry, edition)
        file = folding.after(file, entry, edition)
    return file


@pytest.mark.parametrize("tenure", [Tenure.STARTER, Tenure.ASSURED_SHORTHOLD])
@pytest.mark.parametrize("remedy", ["injunction", "possession"])
def test_an_action_that_began_before_such_tenancies_ended_is_taken_to_its_end(tenure: Tenure, remedy: str) -> None:
    edition = ended(tenure, last=LAST)
    began = proposed(remedy, tenure)
    assert told(edition, began, *TO_COURT, decided()).stage is LegalStage.IN_FORCE
    with pytest.raises(RemedyNotPossible, match="ended on Wednesday 7 June 2023"):
        told(edition, began.model_copy(update={"at": ISSUED.at - 11 * DAY}))


def test_a_remedy_that_the_law_has_ended_is_not_issued_all_the_same() -> None:
    edition = ended("demotion", last=LAST)
    with pytest.raises(RemedyNotPossible, match="ended on Wednesday 7 June 2023"):
        told(edition, proposed("demotion"), *TO_COURT)
