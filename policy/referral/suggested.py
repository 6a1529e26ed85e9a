"""Agencies whose criteria a case meets and that nobody was referred to. (support-schemes, section 4)"""

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.editions.agencies import Criteria


def suggested_agencies(file: CaseFile, edition: Edition) -> tuple[str, ...]:
    """By the edition's keys."""
    if file.at_rest:
        return ()
    referred = {one.agency for one in file.referrals.values()}
    return tuple(
        agency.key
        for agency in edition.agencies
        if agency.key not in referred and agency.suggested_for is not None and _met(file, agency.suggested_for)
    )


def _met(file: CaseFile, criteria: Criteria) -> bool:
    """What is known of somebody who is not on the case any more does not count."""
    needs = {need.kind for need in file.needs.values() if need.person not in file.gone}
    return (
        (not criteria.needs or not needs.isdisjoint(criteria.needs))
        and (not criteria.categories or not set(criteria.categories).isdisjoint(file.categories))
        and (not criteria.child or any(one.minor for one in file.present.values()))
    )
