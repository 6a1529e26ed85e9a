"""The policy's editions: dated, immutable data, loaded once from the files beside this module."""

import hashlib
import tomllib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, Self

from pydantic import ConfigDict, ValidationError, model_validator

from policy.editions import conduct
from policy.editions import safety as safe
from policy.editions.access import Access
from policy.editions.agencies import Agency, Referral, unknown_criteria
from policy.editions.audit import Audit
from policy.editions.beside_cases import (
    EstateInspections,
    EvidenceQueue,
    FindingKind,
    FocusAreas,
    LettingsCheck,
    PolicyReview,
)
from policy.editions.case_review import CaseReviews
from policy.editions.days import (
    BySeriousness,
    Category,
    Closure,
    ClosureDaysLimits,
    DaysOrHours,
    Letters,
    Office,
    PersistentHarm,
    PoliceAdvice,
    RegularContact,
    Reopening,
    Repeat,
    Similar,
    WorkingDays,
)
from policy.editions.guidance import FirstContactGuidance
from policy.editions.legal import Legal
from policy.editions.lists import CaseSort, ClosingNeed, ClosingRequirement, Question, Signpost
from policy.editions.matter_days import MatterDays
from policy.editions.retention import Retention
from policy.editions.table import Listed
from policy.frozen import Frozen


class EditionUnknown(LookupError):
    """No edition of that name, none yet in force on that day, or its hash is another than the case's."""


class EditionNotSane(ValueError):
    """The text is not an edition; the message says where."""


class EditionRef(Frozen):
    """What a case carries of its edition."""

    name: str
    sha256: str


class Edition(Frozen):
    """One dated edition. Days are working days unless the field says hours."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    in_force_from: date
    sha256: str
    office: Office
    first_contact: WorkingDays
    assessment: WorkingDays
    further_incident: DaysOrHours
    serious_appointment: WorkingDays
    police_advice: PoliceAdvice
    regular_contact: RegularContact
    allocation: DaysOrHours
    review: BySeriousness
    second_look: WorkingDays
    closure: Closure
    letters: Letters
    persistent_harm: PersistentHarm
    escalation: DaysOrHours
    matters: MatterDays
    reopening: Reopening
    closure_days: ClosureDaysLimits
    closing_requirements: tuple[ClosingRequirement, ...]
    questionnaire: tuple[Question, ...]
    signposts: tuple[Signpost, ...]
    repeat: Repeat
    similar: Similar
    risk: safe.RiskMatrix
    needs: safe.Needs
    victims: safe.Victims
    domestic_abuse: safe.DomesticAbuse
    support: safe.Support
    safety: safe.Safety
    partners: safe.Partners
    health: safe.Health
    witnesses: safe.Witnesses
    categories: tuple[Category, ...]
    surveillance: conduct.Surveillance
    mediation: conduct.Mediation
    police: conduct.Police
    consents: conduct.Consents
    review_questions: tuple[conduct.ReviewQuestion, ...]
    powers: tuple[Listed, ...]
    legal: Legal
    case_reviews: CaseReviews
    agencies: tuple[Agency, ...]
    referral: Referral
    estate_inspections: EstateInspections
    findings: tuple[FindingKind, ...]
    lettings_check: LettingsCheck
    evidence_queue: EvidenceQueue
    policy_review: PolicyReview
    focus_areas: FocusAreas
    guidance: FirstContactGuidance
    audit: Audit
    access: Access
    retention: Retention

    @model_validator(mode="after")
    def _speaks_of_its_categories(self) -> Self:
        """(first-contact-guidance, estate-inspections, mediation, refer-criminal-to-police)"""
        keys = tuple(c.key for c in self.categories)
        if astray := self.guidance.without(keys):
            raise ValueError(f"categories and guidance do not match: {', '.join(astray)}")
        if astray := [f.key for f in self.findings if f.category not in keys]:
            raise ValueError(f"findings of no category: {', '.join(astray)}")
        if astray := sorted({*self.mediation.never_for, *self.police.alleges_crime} - set(keys)):
            raise ValueError(f"no categories: {', '.join(astray)}")
        if astray := [key for one in self.partners.partners for key in one.agencies if not self.agency(key)]:
            raise ValueError(f"partners of no agency: {', '.join(astray)}")
        if astray := [key for step in self.legal.steps for key in step.asked_of if not self.agency(key)]:
            raise ValueError(f"powers asked of no agency: {', '.join(astray)}")
        needs = [kind.key for kind in self.needs.kinds]
        if astray := sorted(unknown_criteria(self.agencies, needs, keys)):
            raise ValueError(f"agencies suggested for what there is not: {', '.join(astray)}")
        return self

    @property
    def ref(self) -> EditionRef:
        return EditionRef(name=self.name, sha256=self.sha256)

    def category(self, key: str) -> Category | None:
        for one in self.categories:
            if one.key == key:
                return one
        return None

    def agency(self, key: str) -> Agency | None:
        return next((one for one in self.agencies if one.key == key), None)

    def leading(self, keys: tuple[str, ...]) -> str | None:
        """The most serious of the keys. (asb-categories, section 2)"""
        return next((c.key for c in self.categories if c.key in keys), None)

    def needed_to_close(self, sorts: Collection[CaseSort], closing: str) -> tuple[ClosingNeed, ...]:
        """Each need once, in the order of the table, for a case that is all of these."""
        rows = (r for r in self.closing_requirements if closing in r.closings and set(r.cases) & set(sorts))
        return tuple(dict.fromkeys(need for row in rows for need in row.needs))

    def signposts_for(self, categories: Collection[str], *, abuse: bool = False) -> tuple[Signpost, ...]:
        """`abuse`: by a partner, an ex-partner or family. (signposting, section 6)"""
        fitting = (s for s in self.signposts if not s.categories or set(s.categories) & set(categories))
        return tuple(s for s in fitting if abuse or not s.domestic_abuse)


def from_toml(*texts: str) -> Edition:
    """One edition out of all its texts; its hash covers each of them.
    Raises EditionNotSane with the place that is wrong.
    """
    tables: dict[str, Any] = {}
    try:
        for text in texts:
            told = tomllib.loads(text)
            if twice := sorted(tables.keys() & told.keys()):
                raise EditionNotSane(f"told in two files: {', '.join(twice)}")
            tables |= told
        return Edition(**tables, sha256=hashlib.sha256("\0".join(texts).encode()).hexdigest())
    except (tomllib.TOMLDecodeError, ValidationError, TypeError) as error:
        raise EditionNotSane(str(error)) from error


@lru_cache
def released() -> tuple[Edition, ...]:
    """Every released edition, oldest first."""
    folder = files(__package__)
    names = (f.name.removesuffix(_TOML) for f in folder.iterdir() if f.name.endswith(_TOML))
    return tuple(sorted((from_toml(*texts_of(folder, name)) for name in names), key=lambda e: e.in_force_from))


def texts_of(folder: Traversable, name: str) -> list[str]:
    """`<name>.toml`, then what stands in the folder `<name>` in the order of its names."""
    beside = folder.joinpath(name)
    parts = [f for f in beside.iterdir() if f.name.endswith(_TOML)] if beside.is_dir() else []
    return [
        f.read_text(encoding="utf-8")
        for f in (folder.joinpath(name + _TOML), *sorted(parts, key=lambda f: f.name))
    ]


def in_force_on(day: date) -> Edition:
    """The edition under which a case reported on that day runs; the first one for days before it.
    (editions, section 8; our reading for what was reported before the policy was adopted)
    """
    started = [e for e in released() if e.in_force_from <= day]
    return started[-1] if started else released()[0]


_proposed: list[Edition] = []


@contextmanager
def proposed(edition: Edition) -> Iterator[None]:
    """Known as well while this lasts, in this process alone: for simulation, and never where cases run.
    Refuses the name of one that is released (EditionNotSane).
    """
    if edition.name in {one.name for one in released()}:
        raise EditionNotSane(f"an edition called {edition.name} is released: give the proposed one another name")
    _proposed.append(edition)
    named.cache_clear()
    try:
        yield
    finally:
        _proposed.remove(edition)
        named.cache_clear()


@lru_cache
def named(name: str) -> Edition:
    """Raises EditionUnknown."""
    for edition in (*released(), *_proposed):
        if edition.name == name:
            return edition
    raise EditionUnknown(name)


def of(ref: EditionRef) -> Edition:
    """The edition a case carries. Raises EditionUnknown when its text is another than the case began under."""
    edition = named(ref.name)
    if edition.sha256 != ref.sha256:
        raise EditionUnknown(f"edition {ref.name} is not the text that the case began under")
    return edition


LOCK: Final = "editions.lock"
_TOML: Final = ".toml"


def locked() -> dict[str, str]:
    """Name and SHA-256 of every released edition, as the lock file beside this module has them."""
    lines = files(__package__).joinpath(LOCK).read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines)


def refuse_changed_editions() -> None:
    """Called at worker start. Raises EditionUnknown when a released edition's text has changed."""
    if locked() != {e.name: e.sha256 for e in released()}:
        raise EditionUnknown("the editions differ from editions.lock: a released edition never changes")


__all__ = [
    "BySeriousness",
    "Category",
    "DaysOrHours",
    "Edition",
    "EditionNotSane",
    "EditionRef",
    "EditionUnknown",
    "from_toml",
    "in_force_on",
    "locked",
    "named",
    "of",
    "proposed",
    "refuse_changed_editions",
    "released",
    "texts_of",
]
