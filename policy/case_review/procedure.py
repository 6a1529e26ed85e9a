"""The case review as the store, the workflows and the simulation know it."""

from typing import Final

from policy.case_review import folding, rules
from policy.case_review.deadlines import deadlines
from policy.case_review.facts import REVIEW_FACT_TYPES, ReviewEntry
from policy.case_review.review import ReviewFile
from policy.procedures.base import Procedure

CASE_REVIEW: Final = Procedure(
    name="case-review",
    file=ReviewFile,
    entry=ReviewEntry,
    check=rules.check,
    after=folding.after,
    deadlines=deadlines,
    facts=REVIEW_FACT_TYPES,
)
