"""What the facts share that begin a matter, carry it on or end it."""

from datetime import date
from enum import StrEnum

from policy.facts.base import Fact, Name


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
