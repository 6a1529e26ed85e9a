"""Referrals on a case: how each begins, and what it was told. (partner-referrals)"""

from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.conduct import Referred, ToldOf
from policy.editions import Edition
from policy.facts import Entry, referring
from policy.facts.disclosing import Gateway
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind
from policy.folding.base import decided, fold, with_letter_of
from policy.folding.disclosing import with_told, without_told
from policy.objections import Telling
from policy.referral.beginning import as_begun
from policy.referral.codes import ReferralOutcome, ReferralStage

_STAYS_KNOWN: Final = frozenset(
    {ReferralOutcome.HELPED, ReferralOutcome.DID_NOT_HELP, ReferralOutcome.DECLINED, ReferralOutcome.NO_ANSWER}
)
"""What the agency was told it knows after it has ended so."""


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


@fold.register(referring.ReferralMoved)
@fold.register(referring.ReferralTakenUp)
@fold.register(referring.ReferralFinished)
def _(fact: referring.News, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """While it goes by a consent the referral itself tells its agency that this was taken back; of whoever had not
    agreed, and of a no to what a law allows, it hears here.
    """
    one = file.referrals.get(fact.matter)
    if one is None:
        return file
    if isinstance(fact, referring.ReferralFinished) and fact.outcome is ReferralOutcome.NOT_DELIVERED:
        return without_told(file, one.agency, fact.matter)
    if not _has_gone(fact):
        return file
    file, one = _with_notice(file, fact, one, entry)
    itself = one.gateway is Gateway.CONSENT and not isinstance(fact, referring.ReferralFinished)
    decided_over = {who for each in one.decided for who in each.about}
    known = tuple(who for who in one.about if who in one.knows or who in decided_over or not itself)
    new = tuple(who for who in known if who not in one.knows)
    file = file.with_(referrals={**file.referrals, fact.matter: one.model_copy(update={"knows": known})})
    told = ToldOf(at=fact.at, about=new, to=(one.agency,), gateway=one.gateway, matter=fact.matter)
    return with_told(file, told.model_copy(update={"decided": one.decided}), edition)


def _with_notice(file: CaseFile, fact: referring.News, one: Referred, entry: Entry) -> tuple[CaseFile, Referred]:
    """Whoever agreed to it hears once, in writing, whom we asked to help them. Nobody is written to of what is
    told of somebody else, or without their consent.
    """
    agreed = one.gateway is Gateway.CONSENT and COMPLAINANT in one.about
    matter = file.matters.get(fact.matter)
    if one.notice or not agreed or matter is None or not isinstance(fact, referring.ReferralMoved):
        return file, one
    file = with_letter_of(file, LetterKind.REFERRAL_NOTICE, fact.matter, matter.about, entry.recorded_at)
    return file, one.model_copy(update={"notice": True})


def _has_gone(fact: referring.News) -> bool:
    """And was not taken back."""
    match fact:
        case referring.ReferralMoved():
            return fact.stage in {ReferralStage.SENT, ReferralStage.ACKNOWLEDGED}
        case referring.ReferralFinished():
            return fact.outcome in _STAYS_KNOWN
    return True


@fold.register
def _(fact: referring.ReferralTold, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if (known := file.referrals.get(fact.matter)) is None:
        return file
    told = known.model_copy(update={"begins": None, "told": fact.stands, "told_stays": fact.stays})
    return file.with_(referrals={**file.referrals, fact.matter: told})
