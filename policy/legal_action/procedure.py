"""A legal action, by its rules: what its store, its workflow and its simulation go by."""

from typing import Final

from policy.legal_action import folding, rules
from policy.legal_action.action import LegalFile
from policy.legal_action.deadlines import deadlines
from policy.legal_action.facts import LEGAL_FACT_TYPES, LegalEntry
from policy.rulebook import Rulebook

LEGAL_ACTION: Final = Rulebook(
    name="legal-action",
    file=LegalFile,
    entry=LegalEntry,
    facts=LEGAL_FACT_TYPES,
    checked=rules.check,
    folded=folding.after,
    owed=deadlines,
)
