"""Publicity: considered, worded, approved by somebody else, given out. (publicise-action, sections 3 and 5)"""

from typing import Final

from policy.case_file import CaseFile
from policy.facts import publicity as facts
from policy.facts.base import Fact, Role
from policy.facts.closing import ClosureProposed, Outcome
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn
from policy.facts.matters import MatterKind
from policy.facts.proceedings import LegalOrderMade
from policy.matters.base import Course, Stage
from policy.matters.proceedings import IN_FORCE


def no_order_stands(file: CaseFile) -> bool:
    """Of those that the court had made."""
    return bool(file.orders) and None not in file.orders.values()


def _enforced(before: CaseFile, fact: Fact) -> bool:
    """By something that stands, as far as a court ordered it."""
    enforced = isinstance(fact, ClosureProposed) and fact.outcome is Outcome.ENFORCED
    return enforced and not no_order_stands(before)


def _granted(before: CaseFile, fact: Fact) -> bool:
    """A court's order has come into force; what is heard of it later is no further success."""
    matter = before.matters.get(fact.matter) if isinstance(fact, LegalOrderMade) else None
    return matter is not None and matter.stage != IN_FORCE


_WORD: Final = (ConsentGiven, ConsentRefused, ConsentWithdrawn)
"""A victim may say no until it is given out, also once the case has closed."""

COURSES: Final = (
    Course(
        kind=MatterKind.PUBLICITY,
        row="publicise-action",
        called="publicity",
        begun_by=facts.SuccessRecorded,
        also_begun_by={ClosureProposed: _enforced, LegalOrderMade: _granted},
        outlives_closing=True,
        stages={
            "proposed": Stage(
                owed="Write what the neighbourhood is told of the success, or record why nothing is",
                days=lambda days: days.publicity_proposed,
                steps={facts.PublicityWorded: "worded", facts.PublicityDeclined: None},
                falls_to="proposed_then",
                tells_of=_WORD,
            ),
            "worded": Stage(
                owed="Approve what the neighbourhood is told, or decline it",
                days=lambda days: days.publicity_approval,
                steps={facts.PublicityApproved: "approved", facts.PublicityDeclined: None},
                otherwise={facts.PublicityWorded: "worded"},
                falls_to="worded_then",
                by=Role.SUPERVISOR,
                tells_of=_WORD,
            ),
            "approved": Stage(
                owed="Give out what was approved",
                days=lambda days: days.publicity_given_out,
                steps={facts.PublicityGivenOut: None, facts.PublicityDeclined: None},
                falls_to="approved_then",
                tells_of=_WORD,
            ),
            "proposed_then": Stage(
                fallen=True, steps={facts.PublicityWorded: "worded_then", facts.PublicityDeclined: None}
            ),
            "worded_then": Stage(
                fallen=True,
                steps={facts.PublicityApproved: "approved_then", facts.PublicityDeclined: None},
                otherwise={facts.PublicityWorded: "worded_then"},
            ),
            "approved_then": Stage(
                owed="Record whether it had been given out before the court set the order aside",
                days=lambda days: days.publicity_given_out,
                fallen=True,
                steps={facts.PublicityGivenOut: None, facts.PublicityDeclined: None},
            ),
        },
    ),
)
