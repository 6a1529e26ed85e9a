"""The case-years that are told again in the benchmark are cases as they go."""

from benchmarks.simulating import case_year, case_years_a_second
from policy.facts.closing import CaseClosed
from policy.facts.contact import ContactMade
from policy.facts.reviewing import CaseReviewed


def test_a_case_year_is_a_year_with_the_usual_facts() -> None:
    entries = case_year(1).entries or ()
    kinds = [type(one.fact) for one in entries]
    assert kinds.count(ContactMade) > 20
    assert kinds.count(CaseReviewed) > 10
    assert kinds.count(CaseClosed) == 1
    closed = next(one.at for one in entries if isinstance(one.fact, CaseClosed))
    assert 350 <= (closed - entries[0].at).days <= 366


def test_each_is_told_again_as_it_went_and_some_go_differently_otherwise() -> None:
    rate = case_years_a_second(24, processes=2)
    assert rate.a_second > 0
    assert rate.went_otherwise == 0
    assert 0 < rate.different < 24
    assert "case-years a second in 2 processes" in rate.in_words
