"""A case review, by its rules: what its store, its workflow and its simulation go by."""

from typing import Final

from policy.case_review import folding, rules
from policy.case_review.deadlines import deadlines
from policy.case_review.facts import REVIEW_FACT_TYPES, ReviewEntry
from policy.case_review.review import ReviewFile
from policy.rulebook import Rulebook

CASE_REVIEW: Final = Rulebook(
    name="case-review",
    file=ReviewFile,
    entry=ReviewEntry,
    checked=rules.check,
    folded=folding.after,
    owed=deadlines,
    facts=REVIEW_FACT_TYPES,
)
