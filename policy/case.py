"""A case, by its rules: what its store, its workflow and its simulation go by."""

from typing import Final

from policy import folding, rules
from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.facts import FACT_TYPES, Entry
from policy.rulebook import Rulebook

CASE: Final = Rulebook(
    name="case",
    file=CaseFile,
    entry=Entry,
    facts=FACT_TYPES,
    checked=rules.check,
    folded=folding.after,
    owed=deadlines,
    folded_and_owed=folding.after_and_owed,
)
