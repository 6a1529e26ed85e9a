"""An example of each refusal in keeping people safe: what is refused, under which row, and what is missing."""

from collections.abc import Callable
from datetime import date
from typing import Final

from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.facts.health import HealthContactMade, HealthWorker
from policy.facts.hearings import HearingHeld, HearingListed, When, WitnessSupported
from policy.facts.needs import DomesticAbuseRecognised, NeedEnded, NeedTold
from policy.facts.parts import Leaving, Part
from policy.facts.risk import RiskAssessed
from policy.facts.safety import PartnersConsulted, SafetyConsidered
from policy.facts.support import SupportOffered
from tests.given import case_of, london, report
from tests.policy.happenings import left, taken_on
from tests.policy.random_safety import SAFE_BY_PHONE, answers, witness_supported

MONDAY = london(2023, 6, 5)


def ordinary(*facts: CaseFact) -> CaseFile:
    return case_of(report(MONDAY), *facts)


REFUSED: Final[dict[str, tuple[Callable[[], object], str, tuple[str, ...]]]] = {
    "NeedUnknown": (
        lambda: ordinary(NeedTold(at=MONDAY, kind="patience", words="As told.")),
        "vulnerability-and-adjustments",
        (),
    ),
    "SafeWayNotSaid": (
        lambda: ordinary(NeedTold(at=MONDAY, kind="safe_contact", words="Not at home.")),
        "needs-met",
        ("which ways of contact are safe",),
    ),
    "SafeContactStays": (
        lambda: ordinary(
            DomesticAbuseRecognised(at=MONDAY, words="He reads her post."),
            NeedTold(at=MONDAY, kind="safe_contact", safe_contact=SAFE_BY_PHONE, words="Ring at work."),
            NeedEnded(at=MONDAY, kind="safe_contact", words="Write to her."),
        ),
        "domestic-abuse",
        (),
    ),
    "HelpStillOwed": (
        lambda: ordinary(
            taken_on(MONDAY, "victim-1", Part.VICTIM),
            DomesticAbuseRecognised(at=MONDAY, person="victim-1", words="He reads her post."),
            left(MONDAY, "victim-1", Leaving.NO_LONGER_INVOLVED),
        ),
        "serious-safety",
        ("offer of specialist help", "telling them what a solicitor can do", "a safe way to reach them"),
    ),
    "RiskNotAnswered": (
        lambda: ordinary(RiskAssessed(at=MONDAY, answers=answers(0) | {"effect": "none"}, words="As told.")),
        "risk-assessment",
        ("How does it affect them?",),
    ),
    "ProviderUnknown": (
        lambda: ordinary(SupportOffered(at=MONDAY, provider="the_caretaker", words="Offered.")),
        "hate-support",
        (),
    ),
    "MeasureUnknown": (
        lambda: ordinary(SafetyConsidered(at=MONDAY, measures=("patience",), words="Talked.")),
        "serious-safety",
        ("what was considered",),
    ),
    "PartnerUnknown": (
        lambda: ordinary(PartnersConsulted(at=MONDAY, partners=(), words="Talked.")),
        "serious-partners",
        ("whom you spoke to",),
    ),
    "HealthContactNeedsConsent": (
        lambda: ordinary(HealthContactMade(at=MONDAY, worker=HealthWorker.GP, words="Asked.")),
        "health-contact",
        ("their consent, or a lawful reason",),
    ),
    "HearingUnknown": (
        lambda: ordinary(
            WitnessSupported(at=MONDAY, hearing="hearing-9", when=When.DURING, words="Sat with them.")
        ),
        "witness-care",
        (),
    ),
    "HearingIsOver": (
        lambda: ordinary(
            HearingListed(at=MONDAY, on=MONDAY.date(), court="A county court"),
            HearingHeld(at=MONDAY, matter="hearing-2", words="An order was made."),
            witness_supported(MONDAY, "hearing-2", "complainant", When.BEFORE),
        ),
        "witness-care",
        ("a time before the hearing",),
    ),
    "HearingNotYet": (
        lambda: ordinary(
            HearingListed(at=MONDAY, on=date(2023, 7, 3), court="A county court"),
            HearingHeld(at=MONDAY, matter="hearing-2", words="An order was made."),
        ),
        "witness-care",
        (),
    ),
    "WitnessNotPrepared": (
        lambda: ordinary(
            HearingListed(at=MONDAY, on=date(2023, 7, 3), court="A county court"),
            WitnessSupported(at=MONDAY, hearing="hearing-2", when=When.BEFORE, words="Rang."),
        ),
        "witness-care",
        ("what happens in court", "their protection"),
    ),
}
