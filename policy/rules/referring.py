"""The same people are referred to an agency once at a time. (partner-referrals)"""

from policy.case_file import CaseFile
from policy.company import called
from policy.editions import Edition
from policy.facts.referring import ReferralProposed
from policy.procedures.base import beside
from policy.refusals.referral import AlreadyReferred
from policy.working_days import listed


def are_not_there_already(file: CaseFile, fact: ReferralProposed, edition: Edition) -> None:
    """Nobody is named who is not in the one that is open."""
    for key, one in file.referrals.items():
        if key in file.matters and one.agency == fact.agency and set(fact.about) <= set(one.about):
            agency = edition.agency(one.agency)
            to = agency.name if agency is not None else "this agency"
            who = listed([called(person) for person in one.about])
            raise AlreadyReferred(
                f"A referral of {who} is open already ({to}): {beside(file.ref, key)}. Go on with that one, or end"
                " it before another begins. What else they are to know is recorded as told to them.",
                missing=("an end to the referral that is open",),
            )
