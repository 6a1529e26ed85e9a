"""Whether there is to be a case review, and the arithmetic of it. (2014 Act, section 104(4), (11) and (12))

Both periods begin with a day, so they end on the day before the corresponding one. Our reading where nobody said
when something happened: on the day on which it was reported. Ours, too: of reports that came at one moment, of
what happened at one moment as far as anybody said, one counts.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from policy.editions.case_review import Threshold
from policy.facts.base import Moment, Name
from policy.frozen import Frozen
from policy.legal_action.periods import months_beginning_with
from policy.working_days import day_in_words, london_day


class LeftOut(StrEnum):
    """Why somebody decided that a report is not counted."""

    SAME_INCIDENT = "same_incident"
    OTHER_BEHAVIOUR = "other_behaviour"


class Reported(Frozen):
    """A report, to us or to somebody else: `case` is ours that it stands on. `happened_at` is None where nobody
    said when.
    """

    reported_at: Moment
    happened_at: Moment | None = None
    hate: bool = False
    case: Name | None = None
    left_out: LeftOut | None = None

    @property
    def known_by(self) -> tuple[str | None, Moment, Moment | None]:
        """Alike for what is counted once, until it is said when each happened."""
        return self.case, self.reported_at, self.happened_at


class Why(StrEnum):
    """A report counts, or why it does not."""

    COUNTS = "counts"
    REPORTED_LATE = "reported_late"
    TOO_LONG_AGO = "too_long_ago"
    AFTER_THE_DAY = "after_the_day"
    BEFORE_IT_HAPPENED = "before_it_happened"
    SAME_MOMENT = "same_moment"
    SAME_INCIDENT = "same_incident"
    OTHER_BEHAVIOUR = "other_behaviour"


class Weighed(Frozen):
    """`report_by` is the last day on which it could be reported, `ask_by` the last on which it counts."""

    report: Reported
    why: Why
    report_by: date
    ask_by: date

    @property
    def counts(self) -> bool:
        return self.why is Why.COUNTS

    @property
    def words(self) -> str:
        reported = f"Reported on {day_in_words(london_day(self.report.reported_at))}"
        happened = self.report.happened_at
        when = "on a day that nobody named" if happened is None else f"on {day_in_words(london_day(happened))}"
        said = {
            Why.COUNTS: f", happened {when}: it counts, until {day_in_words(self.ask_by)}",
            Why.REPORTED_LATE: f", happened {when}: too late, the last day was {day_in_words(self.report_by)}",
            Why.TOO_LONG_AGO: f": it counted until {day_in_words(self.ask_by)}",
            Why.AFTER_THE_DAY: ": that was after the day for which reports are counted",
            Why.BEFORE_IT_HAPPENED: f", happened {when}, which is later: it counts once the days are put right",
            Why.SAME_MOMENT: ": another came at the same moment and is counted; say when each happened",
            Why.SAME_INCIDENT: ": the same incident as in another report, and counted there",
            Why.OTHER_BEHAVIOUR: ": not about what the review is about",
        }
        return f"{reported}{said[self.why]}."


class Arithmetic(Frozen):
    """Each report in the order in which they were made, and what they come to on the day."""

    day: date
    rule: Threshold
    reports: tuple[Weighed, ...]

    @property
    def counted(self) -> int:
        return sum(one.counts for one in self.reports)

    @property
    def hate_counted(self) -> int:
        return sum(one.counts and one.report.hate for one in self.reports)

    @property
    def met(self) -> bool:
        hate = self.rule.hate_reports
        return self.counted >= self.rule.reports or (hate is not None and self.hate_counted >= hate)

    @property
    def words(self) -> str:
        """`2 reports count, none of them about hate; 3 are needed, or 1 about hate. The threshold is not met.`"""
        hate = self.rule.hate_reports
        have, need = _reports(self.counted), f"{self.rule.reports} {_are(self.rule.reports)} needed"
        if hate is not None:
            have, need = (
                f"{have}, {self.hate_counted or 'none'} of them about hate",
                f"{need}, or {hate} about hate",
            )
        return f"{have}; {need}. The threshold is {'met' if self.met else 'not met'}."


def _reports(number: int) -> str:
    return {0: "No report counts", 1: "1 report counts"}.get(number, f"{number} reports count")


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def threshold_on(day: date, reports: Iterable[Reported], rule: Threshold) -> Arithmetic:
    """As it would be for a review that is asked for on that day."""
    in_order = sorted(reports, key=lambda one: (one.reported_at, not one.hate))
    weighed = tuple(_each_once(_weighed(one, day, rule) for one in in_order))
    return Arithmetic(day=day, rule=rule, reports=weighed)


def _each_once(weighed: Iterable[Weighed]) -> Iterator[Weighed]:
    counted = set()
    for one in weighed:
        twice = one.counts and one.report.known_by in counted
        yield one.model_copy(update={"why": Why.SAME_MOMENT}) if twice else one
        if one.counts:
            counted.add(one.report.known_by)


def _weighed(report: Reported, day: date, rule: Threshold) -> Weighed:
    reported = london_day(report.reported_at)
    happened = london_day(report.happened_at or report.reported_at)
    report_by = months_beginning_with(happened, rule.reported_within_months)
    ask_by = months_beginning_with(reported, rule.within_months)
    if report.left_out is not None:
        why = Why(report.left_out.value)
    elif happened > reported:
        why = Why.BEFORE_IT_HAPPENED
    elif reported > report_by:
        why = Why.REPORTED_LATE
    elif reported > day:
        why = Why.AFTER_THE_DAY
    else:
        why = Why.COUNTS if day <= ask_by else Why.TOO_LONG_AGO
    return Weighed(report=report, why=why, report_by=report_by, ask_by=ask_by)
