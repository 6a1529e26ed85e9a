"""What was done about a case that may have ended it. (interventions-that-work)"""

from typing import Final

from policy.facts.agreeing import AgreementSigned
from policy.facts.base import Fact
from policy.facts.home_security import HomeSecurityFitted
from policy.facts.interviewing import InterviewHeld
from policy.facts.mediating import MediationEnded, MediationOutcome
from policy.facts.powers import ClosureOrderMade, PowerUsed
from policy.facts.proceedings import LegalOrderMade
from policy.facts.support import SupportAccepted
from policy.facts.warning import WarningServed
from policy.measures.history import CaseHistory

NO_INTERVENTION: Final = "none"
_INTERVENTIONS: Final[dict[type[Fact], str]] = {
    InterviewHeld: "interview",
    AgreementSigned: "agreement",
    WarningServed: "warning",
    HomeSecurityFitted: "home_security",
    SupportAccepted: "support",
    PowerUsed: "other_power",
    ClosureOrderMade: "closure_order",
    LegalOrderMade: "court_order",
}
_SETTLED: Final = frozenset({MediationOutcome.SETTLED, MediationOutcome.PARTLY_SETTLED})


def interventions(case: CaseHistory) -> tuple[str, ...]:
    """Each once, in the order in which they came."""
    found = dict.fromkeys(filter(None, (_intervention(one.fact) for one in case.entries)))
    return tuple(found) or (NO_INTERVENTION,)


def _intervention(fact: Fact) -> str | None:
    if isinstance(fact, MediationEnded):
        return "mediation" if fact.outcome in _SETTLED else None
    return _INTERVENTIONS.get(type(fact))
