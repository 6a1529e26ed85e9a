"""Legal action as the store, the workflows and the simulation know it."""

from typing import Final

from policy.legal_action import folding, rules
from policy.legal_action.action import LegalFile
from policy.legal_action.deadlines import deadlines
from policy.legal_action.facts import LEGAL_FACT_TYPES, LegalEntry
from policy.procedures.base import Procedure

LEGAL_ACTION: Final = Procedure(
    name="legal-action",
    file=LegalFile,
    entry=LegalEntry,
    check=rules.check,
    after=folding.after,
    deadlines=deadlines,
    facts=LEGAL_FACT_TYPES,
)
