"""From what is proposed on a case to a referral that begins beside it."""

from policy.case_file import CaseFile
from policy.conduct import Referred
from policy.editions import Edition, of
from policy.editions.agencies import AgencyChannel
from policy.facts import Entry
from policy.facts.disclosing import Gateway
from policy.facts.referring import ReferralProposed
from policy.objections import Telling, objections
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
        overridden=fact.lawful_reason is not None,
        lawful_reason=fact.lawful_reason,
    )


def opening(file: CaseFile, matter: str) -> ReferralFile:
    """Before its first fact. It is judged by what its case was judged by when it was proposed."""
    one = file.referrals[matter]
    return ReferralFile(
        ref=beside(file.ref, matter), case=file.ref, edition=one.edition, closure_days=one.closure_days
    )


def stays(file: CaseFile, one: Referred) -> bool:
    """What went on a law, or as a supervisor decided, is not called back; on a consent it is."""
    if one.wrong or one.gateway is not Gateway.CONSENT:
        return not one.wrong
    decided = {who for each in one.decided for who in each.about}
    agreed = tuple(who for who in one.about if who not in decided)
    return not objections(file, Telling(agreed, (one.agency,), one.gateway), of(one.edition))


def still_stands(file: CaseFile, one: Referred) -> bool:
    """What would not be allowed now does not."""
    telling = Telling(one.about, (one.agency,), one.gateway, decided=one.decided)
    return not one.wrong and not objections(file, telling, of(one.edition))
