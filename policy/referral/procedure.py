"""A referral, by its rules: what its store, its workflow and its simulation go by."""

from typing import Final

from policy.referral import folding, rules
from policy.referral.deadlines import deadlines
from policy.referral.facts import REFERRAL_FACT_TYPES, ReferralEntry
from policy.referral.referral import ReferralFile
from policy.rulebook import Rulebook

REFERRAL: Final = Rulebook(
    name="referral",
    file=ReferralFile,
    entry=ReferralEntry,
    checked=rules.check,
    folded=folding.after,
    owed=deadlines,
    facts=REFERRAL_FACT_TYPES,
)
