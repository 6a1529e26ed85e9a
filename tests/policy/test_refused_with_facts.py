"""Refusals name the kinds of fact that would supply what is missing, for clients to offer."""

from typing import Final

import pytest

from policy.refusals import Refused
from tests.policy.test_refusal_classes import REFUSED

WITH: Final = {
    "EffectNotRecorded": ("effect_recorded",),
    "AnotherLookNotNamed": ("threshold_told",),
    "EarlierWarningMissing": ("warning_proposed", "agreement_proposed"),
    "DisabilityMeetingMissing": ("disability_meeting_held",),
}


@pytest.mark.parametrize("name", WITH)
def test_a_refusal_names_the_facts_that_would_supply_what_is_missing(name: str) -> None:
    with pytest.raises(Refused) as refused:
        REFUSED[name][0]()
    assert refused.value.refusal.missing_facts == WITH[name]
