"""A referral as the store, the workflows and the simulation know it."""

from typing import Final

from policy.procedures.base import Procedure
from policy.referral import folding, rules
from policy.referral.deadlines import deadlines
from policy.referral.facts import REFERRAL_FACT_TYPES, ReferralEntry
from policy.referral.referral import ReferralFile

REFERRAL: Final = Procedure(
    name="referral",
    file=ReferralFile,
    entry=ReferralEntry,
    check=rules.check,
    after=folding.after,
    deadlines=deadlines,
    facts=REFERRAL_FACT_TYPES,
)
