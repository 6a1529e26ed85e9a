"""An example of each refusal about warnings and notices: what is refused, under which row, what is missing."""

from collections.abc import Callable
from typing import Final

from policy.legal_action.windows import Ground
from tests.given import OFFICER
from tests.policy import happenings as h
from tests.policy.warned import MONDAY, WEEKLY, agreed, letter, notice, proven, to_be_warned

LEGAL_REFUSED: Final[dict[str, tuple[Callable[[], object], str, tuple[str, ...]]]] = {
    "WarningNotPossible": (
        lambda: to_be_warned(letter(MONDAY, "starter_warning")),
        "formal-warnings",
        ("another kind of warning or notice",),
    ),
    "EarlierWarningMissing": (
        lambda: to_be_warned(notice(MONDAY, Ground.GROUND_14)),
        "formal-warnings",
        ("an earlier warning",),
    ),
    "AnotherPersonMustAgree": (
        lambda: h.recorded(to_be_warned(letter(MONDAY)), agreed(MONDAY, "warning-3"), by=OFFICER),
        "formal-warnings",
        (),
    ),
    "GroundNotMet": (
        lambda: to_be_warned(
            notice(
                MONDAY,
                Ground.GROUND_7A,
                very_serious="He was convicted.",
                tenancy=WEEKLY,
                proven=proven(MONDAY.date().replace(year=2022)),
            )
        ),
        "ground-7a",
        (),
    ),
}
