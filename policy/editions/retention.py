"""How long the edition has each kind of record kept. (retention)"""

from datetime import time
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from policy.editions.table import AtLeastOne, Listed, Table


class RecordKind(StrEnum):
    CASE = "case"
    CASE_IN_COURT = "case_in_court"
    REPORT_WITHOUT_CASE = "report_without_case"
    CASE_REVIEW = "case_review"
    PERSON = "person"
    LETTINGS_CHECK = "lettings_check"
    FINDING = "finding"
    STAFF_NAME = "staff_name"
    LOOKING = "looking"
    PREVENTION_WORK = "prevention_work"
    FOCUS_AREA = "focus_area"
    DISCLOSURE = "disclosure"
    EVIDENCE = "evidence"


class Period(Listed):
    """`after` says in words from which moment the months are counted."""

    months: AtLeastOne
    after: str
    source: str


class Retention(Table):
    """Within `objection_days` of an approval anybody who may decide can still refuse. Then it is carried out
    within `carried_out_within_days`, or lapses. Nobody refuses for longer than `longest_refusal_months` at a time.
    `at` is the time of night in London at which it is proposed and done.
    """

    at: time
    objection_days: AtLeastOne
    carried_out_within_days: AtLeastOne
    longest_refusal_months: AtLeastOne
    periods: tuple[Period, ...]

    @model_validator(mode="after")
    def _one_for_each_kind(self) -> Self:
        told = sorted(period.key for period in self.periods)
        if told != sorted(RecordKind):
            raise ValueError(f"one period for each of {', '.join(sorted(RecordKind))}")
        return self

    def of(self, kind: RecordKind) -> Period:
        return next(period for period in self.periods if period.key == kind)
