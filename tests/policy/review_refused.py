"""An example of each refusal about case reviews: what is refused, and what is missing."""

from collections.abc import Callable
from typing import Final

from policy.case_review import facts as f
from policy.facts.people import Means
from tests.given import OFFICER, london
from tests.policy.case_review.reviewing import (
    ACKNOWLEDGED,
    ANOTHER,
    HEARD,
    MEETING,
    MET,
    MONDAY,
    NOT_MET,
    PARTNERS,
    POLICE,
    THRESHOLD_TOLD,
    WEEK,
    answered,
    asked,
    carried_out,
    concluded,
    decided,
    disputed,
    empty,
    ended,
    held,
    not_met,
    recommended,
    reported,
    review_decided,
    told,
    up_to_the_threshold,
)

_ROW: Final = "case-review"


def _looked_at_again() -> object:
    stands = answered(MONDAY + 2 * WEEK, again=False)
    return told(not_met(), disputed(MONDAY + WEEK), stands, disputed(MONDAY + 3 * WEEK), by=ANOTHER)


_ACTS: Final[dict[str, tuple[Callable[[], object], tuple[str, ...]]]] = {
    "ReviewStepNotOpen": (lambda: told(empty(), ACKNOWLEDGED), ()),
    "DistrictUnknown": (lambda: told(empty(), asked(district="atlantis")), ("the district",)),
    "VictimMustAgree": (lambda: told(empty(), asked(f.Asker.COUNCILLOR)), ("the victim's agreement",)),
    "AskerCannotBeAnswered": (
        lambda: told(empty(), asked(cases=(), asker=None)),
        ("an e-mail address or a postal address",),
    ),
    "NotInWriting": (
        lambda: told(empty(), asked(), ACKNOWLEDGED.model_copy(update={"means": Means.PHONE})),
        ("a letter or an e-mail",),
    ),
    "AnotherPersonMustDecide": (lambda: told(up_to_the_threshold(), MET, by=OFFICER), ()),
    "ReportsDoNotFit": (
        lambda: told(up_to_the_threshold(), decided(reported(MONDAY, case="CW-2023-000009"), met=True)),
        ("the case that the review is about",),
    ),
    "ThresholdDiffers": (
        lambda: told(up_to_the_threshold(), decided(met=True)),
        ("why there is a review all the same",),
    ),
    "AnotherLookNotNamed": (
        lambda: told(up_to_the_threshold(), HEARD, NOT_MET, THRESHOLD_TOLD.model_copy(update={"route": None})),
        ("whom to ask for another look",),
    ),
    "VictimNotHeard": (lambda: told(up_to_the_threshold(), NOT_MET), ("what the victim says",)),
    "ReviewAgencyUnknown": (
        lambda: told(held(), review_decided(recommended("nobody"))),
        ("which agency",),
    ),
    "PartnersNotChased": (
        lambda: told(up_to_the_threshold(), HEARD, MET, THRESHOLD_TOLD, PARTNERS, POLICE, MEETING),
        ("an answer, or that they were asked again",),
    ),
    "RecommendationNotPossible": (
        lambda: told(held(), review_decided(recommended(by_when=None))),
        ("a day for each recommendation",),
    ),
    "RecommendationNotOpen": (
        lambda: told(concluded(), carried_out("recommendation-1", london(2023, 7, 10))),
        (),
    ),
    "AnotherLookNotOpen": (_looked_at_again, ()),
    "ReviewNotReadyToEnd": (
        lambda: told(concluded(recommended()), ended(london(2023, 9, 1))),
        ("what came of each recommendation",),
    ),
}

REVIEW_REFUSED: Final = {name: (act, _ROW, missing) for name, (act, missing) in _ACTS.items()}
