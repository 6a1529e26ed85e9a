"""What a decision about the rules or the clock of a case may change. (editions, explained-deadlines)"""

from datetime import date, timedelta

from policy.case_file import CaseFile
from policy.editions import Edition, EditionUnknown, named
from policy.facts.ruling import ClosureDaysAdopted, EditionAdopted
from policy.refusals import ClosureDaysNotSane, EditionNotKnown
from policy.working_days import day_in_words, is_weekend, london_day


def edition_is_released(fact: EditionAdopted) -> None:
    try:
        named(fact.edition)
    except EditionUnknown:
        raise EditionNotKnown(f"There is no released edition called {fact.edition}.") from None


def closure_days_are_sane(fact: ClosureDaysAdopted, file: CaseFile, edition: Edition) -> None:
    """Nobody makes a deadline go away by closing the office for a month, or for a day long past."""
    if not fact.reasons:
        raise ClosureDaysNotSane("Say why the office is closed on these days.", missing=("reasons",))
    today = london_day(fact.at)
    if fact.known_until < today:
        raise ClosureDaysNotSane(
            "Say up to which day ahead the closed days are known.", missing=("the last day that is known",)
        )
    limits = edition.closure_days
    years = [day.year for day in fact.days if not is_weekend(day)]
    if too_many := [str(year) for year in sorted(set(years)) if years.count(year) > limits.most_a_year]:
        raise ClosureDaysNotSane(
            f"More than {limits.most_a_year} weekdays would be closed in {' and '.join(too_many)}."
        )
    first = today - timedelta(days=limits.days_back)
    if changed := [day for day in _changed(file, fact) if day < first]:
        raise ClosureDaysNotSane(
            f"{day_in_words(changed[0])} is too long ago to be changed. Days from {day_in_words(first)} on can be."
        )


def _changed(file: CaseFile, fact: ClosureDaysAdopted) -> list[date]:
    """Days before those that the case began with are of no consequence."""
    since = london_day(file.reported_at) if file.reported_at else min(fact.days, default=fact.known_until)
    return sorted(day for day in file.closure_days.days.keys() ^ fact.days.keys() if day >= since)
