"""What the facts share that begin a matter, carry it on or end it."""

from datetime import date
from enum import StrEnum
from typing import Final

from policy.facts.base import Fact, Name
from policy.frozen import Frozen


class MatterKind(StrEnum):
    """What can be begun on a case and must be brought to an end. A matter's key is its kind and a number."""

    PROMISE = "promise"
    CHASE = "chase"
    ACTION = "action"
    WAIT = "wait"
    QUESTIONNAIRE = "questionnaire"
    SUPPORT = "support"
    HOME_SECURITY = "home-security"
    ACCOMMODATION = "accommodation"
    HEARING = "hearing"
    HEALTH_CONTACT = "health-contact"
    FINDING = "finding"
    DIARY = "diary"
    EVIDENCE = "evidence"
    SURVEILLANCE = "surveillance"
    INTERVIEW = "interview"
    MEDIATION_OFFER = "mediation-offer"
    MEDIATION = "mediation"
    AGREEMENT = "agreement"
    BREACH = "breach"
    STARTER_TENANCY = "starter-tenancy"
    POLICE_REFERRAL = "police-referral"
    REMEDY = "remedy"
    PUBLICITY = "publicity"
    WARNING = "warning"
    NOTICE = "notice"
    GROUND = "ground"
    POWER = "power"
    CLOSURE = "closure"
    LEGAL_ACTION = "legal-action"
    GROUP = "group"
    REFERRAL = "referral"


POWERS: Final = frozenset({MatterKind.POWER, MatterKind.CLOSURE})
"""What was asked of somebody else who can act."""


class Begun(Fact):
    """Begins a matter. `by_when` is the day that was agreed, the edition's own where none was;
    `owner` the member of staff who sees to it, `person` the one on the case whom it is about.
    """

    by_when: date | None = None
    owner: Name | None = None
    person: Name | None = None

    def day(self) -> date | None:
        """On which the first stage is owed."""
        return self.by_when


class Step(Fact):
    """Carries the matter of that key on, or ends it. `by_when` is the day agreed for what comes next."""

    matter: Name
    by_when: date | None = None

    def day(self) -> date | None:
        """On which the next stage is owed."""
        return self.by_when

    @property
    def named(self) -> tuple[str, ...]:
        """The keys of all the matters that it carries on."""
        return (self.matter,)


class AsksAfter(Frozen):
    """Whoever is to do it was asked how it stands: its day stays as it was."""


class RunsOut(Frozen):
    """What this fact begins or carries on holds until the day it `ends`."""

    ends: date
