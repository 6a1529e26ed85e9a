"""court-decides: what a court decided while an appeal and a breach are both open is asked of both."""

import pytest

from policy.facts import Fact
from policy.legal_action import facts as f
from policy.refusals.legal import CourtHasNotDecided
from tests.policy.legal_action.acting import DAY, decided, in_force, told
from tests.policy.legal_action.test_breaches import AFTER, BREACHED, TO_COURT_ABOUT_IT

APPEALED = f.AppealLodged(at=AFTER + 2 * DAY, words="They appeal.")


@pytest.mark.parametrize("breach", [(BREACHED,), (BREACHED, TO_COURT_ABOUT_IT)], ids=["to answer", "in court"])
def test_who_records_an_outcome_while_both_are_open_reads_of_both(breach: tuple[Fact, ...]) -> None:
    with pytest.raises(CourtHasNotDecided, match="An appeal and a breach are both open") as refused:
        told(in_force(), *breach, APPEALED, decided().model_copy(update={"at": AFTER + 3 * DAY}))
    assert refused.value.refusal.missing_facts == ("appeal_decided", "breach_answered")
