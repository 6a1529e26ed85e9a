"""Referrals on a case, at random and in earnest, and the news of them that comes from beside the case."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from policy.case_file import CaseFile
from policy.facts import CaseFact, consent
from policy.facts.consent import Purpose
from policy.facts.disclosing import Gateway
from policy.facts.referring import ReferralFinished, ReferralMoved, ReferralProposed, ReferralTakenUp
from policy.referral.codes import ReferralOutcome, ReferralStage
from tests.given import EDITION
from tests.policy.told_at_random import somebody, told

AGENCIES: Final = ("victim_support", "education", "police", "floating_support", "nobody")
REASONS: Final = (None, None, "life_at_risk", "curiosity")
CONSENTS: Final = (consent.ConsentGiven, consent.ConsentRefused, consent.ConsentWithdrawn)


def proposed(file: CaseFile, at: datetime, pick: int, **more: object) -> CaseFact:
    said = {
        "agency": AGENCIES[pick % 5],
        "about": (somebody(file, pick), somebody(file, pick // 5))[: pick % 3],
        "what": "As told.",
        "why": "Help.",
        "gateway": (Gateway.CONSENT, *Gateway)[pick % 5],
        "under": "The county protocol" if pick % 2 else None,
        "lawful_reason": REASONS[pick % 4],
    }
    return ReferralProposed.model_validate({"at": at} | said | more)


def _said(kind: type[consent.ConsentGiven], file: CaseFile, at: datetime, pick: int) -> CaseFact:
    """About being referred half of the time, to one agency alone or to any."""
    more = {"purpose": Purpose.REFERRAL, "agency": (None, None, *AGENCIES)[pick // 2 % 7]} if pick % 2 else {}
    return told(kind, file, at, pick, **more)


def sensible(kind: str, file: CaseFile, at: datetime) -> list[CaseFact]:
    """Where nobody is referred to now: under the law, and on the complainant's consent where it is given."""
    if kind != "referral_proposed":
        return [BUILDERS[kind](file, at, pick) for pick in (6, 7)]
    open_to = {one.agency for key, one in file.referrals.items() if key in file.matters}
    others = (one.key for one in EDITION.agencies if not one.police and one.key not in open_to)
    to = {"agency": next(others), "about": ("complainant",)}
    lawful = to | {"lawful_reason": None, "gateway": Gateway.CRIME_AND_DISORDER_ACT}
    return [
        proposed(file, at, 0, **lawful),
        proposed(file, at, 0, **lawful | {"lawful_reason": "serious_crime"}),
        proposed(file, at, 3, **lawful | {"gateway": Gateway.CONSENT}),
    ]


def news(file: CaseFile, at: datetime) -> list[CaseFact]:
    """What may be heard of each referral."""
    heard: list[CaseFact] = []
    for key, one in file.referrals.items():
        if one.begins is None and key in file.matters:
            heard += [
                ReferralMoved(at=at, matter=key, stage=ReferralStage.SENT),
                ReferralTakenUp(at=at, matter=key),
                ReferralFinished(at=at, matter=key, outcome=ReferralOutcome.HELPED),
            ]
    return heard


BUILDERS: Final[dict[str, Callable[[CaseFile, datetime, int], CaseFact]]] = {
    "referral_proposed": proposed,
    **{kind.model_fields["fact"].default: partial(_said, kind) for kind in CONSENTS},
}
