"""legal-remedies, formal-warnings, witness-care: a refusal says what things are called, not how they are keyed."""

from collections.abc import Callable
from datetime import date

import pytest

from policy.facts.hearings import HearingHeld, HearingListed, When
from policy.refusals import Refused
from tests.given import case_of, report
from tests.policy.legal_action.acting import empty, proposed, told
from tests.policy.legal_refused import asked, injunction
from tests.policy.random_safety import witness_supported
from tests.policy.warned import MONDAY, letter, to_be_warned

LISTED = HearingListed(at=MONDAY, on=date(2023, 7, 3), court="A county court")


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (
            lambda: told(empty(), proposed("warning_letter")),
            "Warning letter is not one of these: Possession (poss",
        ),
        (lambda: to_be_warned(injunction(remedy="closure_notice")), "Closure notice is not one of these: Poss"),
        (lambda: to_be_warned(letter(MONDAY, "criminal_behaviour_order")), "Criminal behaviour order is not one"),
        (
            lambda: to_be_warned(letter(MONDAY, "stern_letter")),
            "There is no stern letter. There are: Warning letter",
        ),
        (lambda: to_be_warned(asked(power="warning_letter")), "Warning letter is not one of these: Community"),
        (
            lambda: case_of(report(MONDAY), HearingHeld(at=MONDAY, matter="hearing-2", words="So.")),
            "This cannot be recorded now of hearing (hearing-2). Nothing on this case takes it now.",
        ),
        (
            lambda: case_of(
                report(MONDAY), LISTED, witness_supported(MONDAY, "hearing-9", "complainant", When.BEFORE)
            ),
            "There is no such hearing on this case. There is: Monday 3 July 2023 (hearing-2).",
        ),
    ],
)
def test_what_is_meant_is_called_as_people_call_it(act: Callable[[], object], says: str) -> None:
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.refusal.sentence.startswith(says)
