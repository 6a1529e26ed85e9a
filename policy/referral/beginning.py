"""From what is proposed on a case to a referral that begins beside it."""

from policy.case_file import CaseFile
from policy.conduct import Referred
from policy.consents import agrees_to_be_told_of
from policy.editions import Edition, of
from policy.editions.agencies import AgencyChannel
from policy.facts import Entry
from policy.facts.disclosing import Gateway
from policy.facts.referring import ReferralProposed
from policy.procedures.base import beside
from policy.referral.facts import ReferralBegun
from policy.referral.referral import ReferralFile


def as_begun(fact: ReferralProposed, entry: Entry, edition: Edition) -> ReferralBegun:
    """The first fact of the referral. It goes as the agency is reached when it is proposed."""
    agency = edition.agency(fact.agency)
    return ReferralBegun(
        at=fact.at,
        proposed=entry.id,
        proposed_by=entry.by.id,
        agency=fact.agency,
        about=fact.about,
        gateway=fact.gateway,
        by_channel=agency.channel if agency is not None else AgencyChannel.HAND,
        overridden=fact.gateway is Gateway.CONSENT and not fact.on_consent,
    )


def opening(file: CaseFile, matter: str) -> ReferralFile:
    """Before its first fact. It is judged by what its case was judged by when it was proposed."""
    one = file.referrals[matter]
    return ReferralFile(
        ref=beside(file.ref, matter), case=file.ref, edition=one.edition, closure_days=one.closure_days
    )


def still_stands(file: CaseFile, one: Referred) -> bool:
    """What does not rest on a consent does; what does, while everybody whom it is about agrees to it."""
    agency = of(one.edition).agency(one.agency)
    if not one.on_consent or agency is None:
        return not one.on_consent
    return all(agrees_to_be_told_of(file, who, agency) for who in one.about)
