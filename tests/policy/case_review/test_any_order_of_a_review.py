"""Whatever is recorded on a case review, in whatever order: refused or taken, and never waiting without a day."""

from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from policy.case_review import facts as f
from policy.case_review import folding
from policy.case_review.facts import REVIEW_FACT_TYPES, ReviewEntry
from policy.case_review.review import ReviewFile, ReviewStage
from policy.case_review.stages import STAGES
from policy.facts import Fact
from policy.facts.people import Means
from policy.refusals import Refused
from policy.working_days import london_day
from tests.given import EDITION, OFFICER, SUPERVISOR
from tests.policy.case_review.reviewing import (
    ANOTHER,
    CASE,
    COMMISSIONER,
    DISTRICT,
    MONDAY,
    WITH_HATE,
    asked,
    empty,
    owed,
    reported,
    told,
)
from tests.policy.random_cases import thoroughly

DICE = st.randoms(use_true_random=True)
KINDS = [name for name in REVIEW_FACT_TYPES if name not in {"case_review_asked", "deadline_missed"}]
WAITS = (timedelta(0), timedelta(hours=9), timedelta(days=1), timedelta(days=6), timedelta(days=30))
AGENCIES = ("police", "council", "fire")
WORDS = "So."


def begun(roll: Random) -> ReviewFile:
    cases = roll.choice(((CASE,), (CASE,), (), (CASE, "CW-2023-000002")))
    return told(empty(), asked(cases=cases, district=roll.choice((DISTRICT, WITH_HATE))))


def likely(file: ReviewFile, roll: Random) -> str:
    """Mostly what its stage takes, so that it gets on."""
    stage = STAGES.get(file.stage)
    if stage is None or roll.random() < 0.4:
        return roll.choice(KINDS)
    kinds = [kind for kind in (*stage.steps, *stage.steps, *stage.otherwise) if kind is not f.CaseReviewWithdrawn]
    return str(roll.choice(kinds).model_fields["fact"].default)


def fact_of(kind: str, file: ReviewFile, at: datetime, roll: Random) -> Fact:
    day = london_day(at)
    reports = [
        reported(
            at - timedelta(days=roll.randrange(250)),
            case=roll.choice((*file.cases, None)),
            hate=roll.random() < 0.2,
        )
        for _ in range(roll.randrange(6))
    ]
    recommendations = [
        f.Recommended(
            to=roll.choice((f.US, *AGENCIES)),
            words=WORDS,
            accepted=roll.choice((None, True, False)),
            why_not=roll.choice((None, WORDS)),
            by_when=day + timedelta(days=roll.randrange(200)),
        )
        for _ in range(roll.randrange(3))
    ]
    against = [
        f.Against(case=CASE, agency=roll.choice(AGENCIES), who=roll.choice((None, "complainant")), since=at)
    ]
    more: dict[str, object] = {
        "against": against if roll.random() < 0.3 else (),
        "lawful_reason": roll.choice((None, EDITION.police.lawful_reasons[0].key)),
        "words": WORDS,
        "reasons": WORDS,
        "case": roll.choice((CASE, "CW-2023-000003")),
        "means": roll.choice((Means.EMAIL, Means.POST, Means.PHONE)),
        "met": roll.random() < 0.6,
        "reports": reports,
        "because": roll.choice((None, *f.Because)),
        "route": roll.choice((COMMISSIONER, COMMISSIONER, None)),
        "agencies": roll.sample(AGENCIES, roll.randrange(1, 3)),
        "agency": roll.choice(AGENCIES),
        "by_when": day + timedelta(days=roll.randrange(250)),
        "recommendations": recommendations,
        "recommendation": roll.choice((*file.recommendations, "recommendation-9")),
        "answered_by": roll.choice((f.US, COMMISSIONER, "council")),
        "again": roll.random() < 0.3,
        "reached": roll.random() < 0.9,
    }
    fields = REVIEW_FACT_TYPES[kind].model_fields
    return REVIEW_FACT_TYPES[kind].model_validate({"at": at, **{k: v for k, v in more.items() if k in fields}})


@thoroughly
@given(DICE)
def test_it_is_refused_or_taken_and_until_it_is_over_something_is_owed_by_a_day(roll: Random) -> None:
    file, now = begun(roll), MONDAY
    withdrawn = False
    for _ in range(80):
        now += roll.choice(WAITS)
        fact, by = fact_of(likely(file, roll), file, now, roll), roll.choice((SUPERVISOR, ANOTHER, OFFICER))
        try:
            after = told(file, fact, by=by)
        except Refused:
            continue
        assert after.seq == file.seq + 1
        assert bool(owed(after)) is not after.over
        assert set(after.clocks) == set(owed(after))
        assert {key for key in owed(after) if key.startswith("recommendation-")} == set(
            after.open_recommendations()
        )
        withdrawn = withdrawn or after.stage is ReviewStage.WITHDRAWN
        if after.over:
            assert not after.open_recommendations()
            assert withdrawn or after.voice is not None
        again = ReviewFile.model_validate_json(file.model_dump_json())
        entry = ReviewEntry.model_validate(
            {"id": f"fact-{file.seq + 1}", "by": by, "recorded_at": now, "fact": fact}
        )
        assert folding.after(again, entry, EDITION) == after
        file = after
