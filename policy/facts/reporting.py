"""What is reported to us: the first report, further incidents, and a perception of hate."""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Moment, Name, Words
from policy.facts.needs import Adjustment, SafeContact
from policy.facts.parts import PartKey
from policy.facts.people import Party, Person, Place
from policy.frozen import Frozen


class Channel(StrEnum):
    PHONE = "phone"
    WEB = "web"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"
    PARTNER = "partner"
    INSPECTION = "inspection"


class Reporter(StrEnum):
    VICTIM = "victim"
    WITNESS = "witness"
    THIRD_PARTY = "third_party"
    ANONYMOUS = "anonymous"


class Strand(StrEnum):
    RACE = "race"
    RELIGION = "religion"
    SEXUAL_ORIENTATION = "sexual_orientation"
    TRANSGENDER_IDENTITY = "transgender_identity"
    DISABILITY = "disability"
    OTHER = "other"


class Perceiver(StrEnum):
    VICTIM = "victim"
    WITNESS = "witness"
    STAFF = "staff"
    PARTNER = "partner"
    OTHER = "other"


class HatePerception(Frozen):
    """Perception alone makes a hate incident; an alleged offence makes it a hate crime. (section 3)"""

    strands: tuple[Strand, ...]
    perceived_by: Perceiver
    offence_alleged: bool = False


class ReportReceived(Fact):
    """A report by any channel. `at` is when we received it, `happened_at` when the behaviour was,
    `follows` an earlier case; when that had closed we look up (`follows_closed_at`). `safe_contact`,
    `domestic_abuse`, `no_contact`, that they want none, and `adjustments` hold from the first letter on.
    """

    fact: Literal["report_received"] = "report_received"
    channel: Channel
    reporter: Reporter = Reporter.VICTIM
    words: Words
    category: Name | None = None
    complainant: Person | None = None
    about: Party | None = None
    place: Place | None = None
    happened_at: Moment | None = None
    hate: HatePerception | None = None
    police_advised: bool = False
    follows: Name | None = None
    follows_closed_at: Moment | None = None
    safe_contact: SafeContact | None = None
    domestic_abuse: bool = False
    no_contact: bool = False
    adjustments: tuple[Adjustment, ...] = ()


class IncidentReported(Fact):
    """A further incident on an open case. Never refused: what was told is kept. `told_on` is the case on which it
    was told, where that one has joined this, `told_by` who on the case told it by their own link; we say both.
    """

    fact: Literal["incident_reported"] = "incident_reported"
    channel: Channel
    reporter: Reporter = Reporter.VICTIM
    words: Words
    category: Name | None = None
    happened_at: Moment | None = None
    hate: HatePerception | None = None
    told_on: Name | None = None
    told_by: PartKey | None = None


class HatePerceived(Fact):
    """Somebody perceives prejudice in a case that was not reported as hate. It cannot be unset."""

    fact: Literal["hate_perceived"] = "hate_perceived"
    hate: HatePerception
    words: Words


Facts = ReportReceived | IncidentReported | HatePerceived
