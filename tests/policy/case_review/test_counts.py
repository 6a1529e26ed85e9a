"""What is published of case reviews each year, and what an edition must say of them."""

from datetime import date

import pytest

from policy.case_review import facts as f
from policy.case_review.counts import ReviewCounts, counts
from policy.editions import EditionNotSane, from_toml
from tests.given import EDITION
from tests.policy.case_review.reviewing import (
    DAY,
    DISTRICT,
    MONDAY,
    WITH_HATE,
    asked,
    concluded,
    empty,
    not_met,
    recommended,
    told,
)
from tests.policy.test_released_editions import BESIDE, text_of

FILES = (
    concluded(),
    concluded(recommended()),
    not_met(),
    told(empty(), asked()),
    told(empty(), asked(), f.CaseReviewWithdrawn(at=MONDAY + DAY, words="Stopped.")),
    told(empty(), asked(district=WITH_HATE)),
)


def of(first: date, last: date, district: str = DISTRICT) -> tuple[int, int, int, int]:
    found = counts(FILES, district, first, last)
    return found.applications, found.threshold_not_met, found.reviews, found.with_recommendations


def test_a_year_s_applications_refusals_reviews_and_recommendations_are_counted_per_district() -> None:
    assert of(date(2023, 4, 1), date(2024, 3, 31)) == (5, 1, 2, 1)
    assert of(date(2023, 4, 1), date(2024, 3, 31), WITH_HATE) == (1, 0, 0, 0)
    assert of(date(2022, 4, 1), date(2023, 3, 31)) == (0, 0, 0, 0)


def test_each_counts_in_the_year_of_its_own_day_and_both_ends_belong_to_it() -> None:
    """Asked for on 5 June, the threshold on 8 June, decided on 6 July."""
    assert of(date(2023, 6, 5), date(2023, 6, 5)) == (5, 0, 0, 0)
    assert of(date(2023, 6, 6), date(2023, 6, 8)) == (0, 1, 0, 0)
    assert of(date(2023, 6, 9), date(2023, 7, 5)) == (0, 0, 0, 0)
    assert of(date(2023, 7, 6), date(2023, 7, 6)) == (0, 0, 2, 1)


def test_the_counts_say_what_they_are_of() -> None:
    none = counts((), DISTRICT, date(2023, 4, 1), date(2024, 3, 31))
    assert none == ReviewCounts.model_validate_json(none.model_dump_json())
    assert (none.district, none.first, none.last) == (DISTRICT, date(2023, 4, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('key = "dover"', 'key = "swale"', "more than one of swale"),
        ('route = "police_and_crime_commissioner"', 'route = "the_king"', "no routes: the_king"),
        ("reports = 3\nreported", "reports = 4\nreported", "case_reviews.threshold.reports"),
        ("hate_reports = 1", "hat_reports = 1", "hat_reports"),
        ("end = 5\n", "end = 0\n", "case_reviews.days.end"),
    ],
)
def test_an_edition_whose_reviews_make_no_sense_is_refused(old: str, new: str, says: str) -> None:
    texts = [text.replace(old, new, 1) for text in BESIDE]
    assert texts != list(BESIDE)
    with pytest.raises(EditionNotSane, match=says):
        from_toml(text_of(EDITION.name), *texts)


def test_a_district_may_have_its_own_threshold_and_its_own_route() -> None:
    texts = [
        text.replace('key = "dover"\n', 'key = "dover"\nroute = "council"\n').replace(
            "hate_reports = 1", "hate_reports = 2"
        )
        for text in BESIDE
    ]
    reviews = from_toml(text_of(EDITION.name), *texts).case_reviews
    assert reviews.route_in("dover").key == "council"
    assert reviews.route_in("swale").key == "police_and_crime_commissioner"
    assert (reviews.threshold_in(WITH_HATE).hate_reports, reviews.threshold_in("dover").hate_reports) == (2, None)
