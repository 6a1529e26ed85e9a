"""Referrals on a case: how each begins, and what it was told. (partner-referrals)"""

from policy.case_file import CaseFile
from policy.conduct import Referred
from policy.editions import Edition
from policy.facts import Entry, referring
from policy.facts.matters import MatterKind
from policy.folding.base import decided, fold
from policy.objections import Telling
from policy.referral.beginning import as_begun


@fold.register
def _(fact: referring.ReferralProposed, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """Under the key that its matter will have."""
    telling = Telling(fact.about, (fact.agency,), fact.gateway, fact.under)
    begun = Referred(
        agency=fact.agency,
        about=fact.about,
        gateway=fact.gateway,
        decided=decided(file, fact, telling, edition),
        edition=file.edition,
        closure_days=file.closure_days,
        begins=as_begun(fact, entry, edition),
    )
    return file.with_(referrals={**file.referrals, f"{MatterKind.REFERRAL}-{file.seq + 1}": begun})


@fold.register
def _(fact: referring.ReferralTold, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if (known := file.referrals.get(fact.matter)) is None:
        return file
    told = known.model_copy(update={"begins": None, "told": fact.stands, "told_stays": fact.stays})
    return file.with_(referrals={**file.referrals, fact.matter: told})
