"""formal-warnings, legal-remedies, ground-7a: a notice to a secure tenant, under the Housing Act 1985."""

from datetime import date

import pytest

from policy.facts import CaseFact
from policy.facts.proceedings import LegalActionProposed
from policy.legal_action.facts import LegalActionBegun
from policy.legal_action.proven import Condition
from policy.legal_action.windows import FixedTerm, Ground, Periodic
from policy.refusals.legal import GroundNotMet, WarningNotPossible
from policy.standing import standing
from policy.tenure import Tenure
from tests.given import EDITION, SUPERVISOR
from tests.policy.happenings import recorded
from tests.policy.warned import DAY, MONDAY, WEEKLY, agreed, notice, proven, served, to_be_warned

SERIOUS = {"very_serious": "Fire."}


def secure(*grounds: Ground, **more: object) -> CaseFact:
    told = SERIOUS | {"tenancy": WEEKLY} | more
    return notice(MONDAY, *grounds, tenure=Tenure.SECURE, **told)


def test_a_notice_on_ground_2_lets_proceedings_begin_on_the_day_of_its_service() -> None:
    file = recorded(to_be_warned(secure(Ground.SECURE_2)), agreed(MONDAY, "notice-3"), by=SUPERVISOR)
    file = recorded(file, served(MONDAY, "notice-3"))
    (now,) = standing(file, EDITION).warnings
    assert (now.counts_from, now.counts_until) == (date(2023, 6, 5), date(2024, 7, 9))
    told = {"at": MONDAY, "remedy": "possession", "person": "perpetrator-1", "tenure": "secure", "reasons": "So."}
    (action,) = recorded(file, LegalActionProposed.model_validate(told | SERIOUS)).legal.values()
    assert isinstance(action.begins, LegalActionBegun)
    assert action.begins.known.window is not None
    assert action.begins.known.window.opens == MONDAY.date()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (secure(Ground.GROUND_14), "A secure tenancy has grounds of the Housing Act 1985: ground 1, ground 2"),
        (notice(MONDAY, Ground.SECURE_2, **SERIOUS), "This tenancy has others: ground 7A, ground 12"),
        (secure(Ground.SECURE_2, tenancy=None), "whether the secure tenancy is for a term"),
        (secure(Ground.SECURE_1, tenancy=Periodic(begins=date(2020, 6, 1), weeks=5)), "one to four weeks"),
    ],
)
def test_its_grounds_are_those_of_its_act_and_its_days_those_of_its_periods(told: CaseFact, says: str) -> None:
    with pytest.raises(WarningNotPossible, match=says):
        to_be_warned(told)


def test_the_absolute_ground_is_served_in_its_time_and_waits_for_an_appeal() -> None:
    today = MONDAY.date()
    for tenancy in (WEEKLY, FixedTerm()):
        assert to_be_warned(secure(Ground.SECURE_84A, proven=proven(today - 90 * DAY), tenancy=tenancy)).warnings
    late = proven(today - 100 * DAY, Condition.PREMISES_CLOSED)
    with pytest.raises(GroundNotMet, match="A notice on the absolute ground of section 84A could be served until"):
        to_be_warned(secure(Ground.SECURE_84A, proven=late))
    with pytest.raises(GroundNotMet, match="Say for the absolute ground of section 84A what has been proven"):
        to_be_warned(secure(Ground.SECURE_84A))
