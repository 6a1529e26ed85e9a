"""Referrals on a case: how each begins, and what it was told. (partner-referrals)"""

from policy.case_file import CaseFile
from policy.conduct import Referred
from policy.editions import Edition
from policy.facts import Entry, referring
from policy.facts.matters import MatterKind
from policy.folding.base import decided, fold
from policy.referral.beginning import as_begun


@fold.register
def _(fact: referring.ReferralProposed, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """Under the key that its matter will have."""
    begun = Referred(
        agency=fact.agency,
        about=fact.about,
        gateway=fact.gateway,
        decided=decided(fact, fact.about, (fact.agency,)),
        edition=file.edition,
        closure_days=file.closure_days,
        begins=as_begun(fact, entry, edition),
    )
    return file.with_(referrals={**file.referrals, f"{MatterKind.REFERRAL}-{file.seq + 1}": begun})


@fold.register
def _(fact: referring.ReferralTold, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if (known := file.referrals.get(fact.matter)) is None:
        return file
    told = known.model_copy(update={"begins": None, "told": fact.stands})
    return file.with_(referrals={**file.referrals, fact.matter: told})
