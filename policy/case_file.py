"""The case file: all that the policy needs to know of a case, and none of anybody's words."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import AwareDatetime, Field

from policy.editions import EditionRef
from policy.facts.assessing import Exclusion, Limb, Seriousness
from policy.facts.closing import Closing, Outcome
from policy.facts.consent import Purpose
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind
from policy.facts.mediating import Side
from policy.facts.people import Means
from policy.facts.reporting import Perceiver, Reporter, Strand
from policy.frozen import Frozen
from policy.working_days import ClosureDays


class Stage(StrEnum):
    REPORTED = "reported"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


class Hate(Frozen):
    """Hate as perceived, from the moment it was first told. Strands only gather."""

    since: AwareDatetime
    strands: tuple[Strand, ...]
    perceived_by: Perceiver
    offence_alleged: bool


class Assessment(Frozen):
    at: AwareDatetime
    by: str
    seriousness: Seriousness
    limb: Limb | None
    exclusion: Exclusion | None


class Advised(Frozen):
    """Honest advice, or "not usually ASB", that the complainant may have looked at again."""

    by: str
    second_look_asked_at: AwareDatetime | None = None


class ProposedClosure(Frozen):
    """`about` is the id of the proposing fact, `letter` the key of the letter that tells the complainant."""

    about: str
    by: str
    at: AwareDatetime
    outcome: Outcome
    letter: str
    approved_by: str | None = None
    told_at: AwareDatetime | None = None


class LetterState(StrEnum):
    OWED = "owed"
    TO_POST = "to_post"
    IN_DOUBT = "in_doubt"
    UNDELIVERABLE = "undeliverable"
    HELD_UP = "held_up"


class LetterOwed(Frozen):
    """A letter that has not gone yet. `about` is the id of the fact that it words."""

    kind: LetterKind
    about: str
    means: Means
    since: AwareDatetime
    state: LetterState = LetterState.OWED


class Clock(Frozen):
    """A deadline as it stands: due when, at that date since which fact (its `seq`), when its miss was noticed."""

    due: AwareDatetime
    since: int
    noticed_at: AwareDatetime | None = None


class Matter(Frozen):
    """Something begun on a case that must be brought to an end: a promise, a diary, a referral.
    `about` is the id of the fact that began it, `since` the moment from which its stage is counted, `until` the
    day that was agreed, `person` somebody on the case, `chased` how often the complainant had to ask for it and
    `chased_at` when they first had to. `by` is who brought it to its stage, `ends` the day until which what was
    agreed or authorised holds.
    """

    kind: MatterKind
    stage: str
    about: str
    since: AwareDatetime
    until: date | None = None
    owner: str | None = None
    person: str | None = None
    chased: int = 0
    chased_at: AwareDatetime | None = None
    by: str | None = None
    ends: date | None = None


class Police(Frozen):
    """What the victim is asked about the police, and what we owe about an alleged crime. `ask_since`: from when we
    have to ask, `asked_at` when we last did, `refer_since` from when a referral is owed, `decided_at` when
    it was made or declined.
    """

    crime_alleged: bool = False
    ask_since: AwareDatetime | None = None
    asked_at: AwareDatetime | None = None
    refer_since: AwareDatetime | None = None
    decided_at: AwareDatetime | None = None


class Offer(Frozen):
    """Mediation as offered to one side: under which key, and what they said."""

    matter: str
    agreed: bool | None = None


class CaseFile(Frozen):
    """The fold of a case's facts. `seq` counts them."""

    ref: str
    edition: EditionRef
    closure_days: ClosureDays
    seq: int = 0

    reported_at: AwareDatetime | None = None
    reporter: Reporter = Reporter.VICTIM
    reachable: bool = False
    reachable_since: AwareDatetime | None = None
    writes_by: Means | None = None
    can_post: bool = False
    categories: tuple[str, ...] = ()
    presumed_serious_at: AwareDatetime | None = None
    hate: Hate | None = None
    ward: str | None = None
    officer: str | None = None

    assessment: Assessment | None = None
    reports: tuple[AwareDatetime, ...] = ()
    reassess_since: AwareDatetime | None = None
    serious_since: AwareDatetime | None = None
    police_advised_at: AwareDatetime | None = None
    appointment_offered_at: AwareDatetime | None = None
    first_contact_at: AwareDatetime | None = None
    last_contact_at: AwareDatetime | None = None
    agreed_interval: int | None = None
    last_review_at: AwareDatetime | None = None
    advised: Advised | None = None

    proposed: ProposedClosure | None = None
    closed_at: AwareDatetime | None = None
    closing: Closing | None = None

    letters: dict[str, LetterOwed] = Field(default_factory=dict)
    matters: dict[str, Matter] = Field(default_factory=dict)
    clocks: dict[str, Clock] = Field(default_factory=dict)

    consents: dict[str, bool] = Field(default_factory=dict)
    police: Police = Police()
    mediation: dict[Side, Offer] = Field(default_factory=dict)
    mediation_referred_at: AwareDatetime | None = None
    effect_recorded_at: AwareDatetime | None = None

    @property
    def serious(self) -> bool:
        return self.serious_since is not None

    @property
    def stage(self) -> Stage:
        if self.closed_at is not None:
            return Stage.CLOSED
        if self.proposed is not None:
            return Stage.CLOSING
        return Stage.REPORTED if self.assessment is None else Stage.OPEN

    @property
    def finished(self) -> bool:
        """Closed, every letter that it owed has gone and every matter that outlives it has ended."""
        return self.closed_at is not None and not self.letters and not self.matters

    @property
    def police_agreed(self) -> bool | None:
        """What the victims say to the police's being told; one who agrees is enough. None: nobody has answered."""
        answers = [agreed for key, agreed in self.consents.items() if key.startswith(f"{Purpose.POLICE}:")]
        return any(answers) if answers else None

    def with_(self, **changes: object) -> CaseFile:
        return self.model_copy(update=changes)

    def still_going_on(self) -> CaseFile:
        """Without a proposed closure: something has happened that it did not know of."""
        letters = {k: v for k, v in self.letters.items() if v.kind is not LetterKind.CLOSING_LETTER}
        return self.with_(proposed=None, letters=letters)

    def owing(self, kind: LetterKind, key: str, about: str, since: datetime) -> CaseFile:
        """With a letter owed, where the complainant can be written to; else as it is."""
        if self.writes_by is None:
            return self
        letter = LetterOwed(kind=kind, about=about, means=self.writes_by, since=since)
        return self.with_(letters={**self.letters, key: letter})


def later(known: datetime | None, at: datetime) -> datetime:
    """The later of two moments: a fact written down late never turns a clock back."""
    return at if known is None else max(known, at)
