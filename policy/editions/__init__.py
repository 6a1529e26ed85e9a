"""The policy's editions: dated, immutable data, loaded once from the files beside this module."""

import hashlib
import tomllib
from datetime import date, time
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field, ValidationError

from policy.frozen import Frozen

AtLeastOne = Annotated[int, Field(ge=1)]
"""A deadline of no days at all would stop every case that counts it."""


class EditionUnknown(LookupError):
    """No edition of that name, none yet in force on that day, or its hash is another than the case's."""


class EditionNotSane(ValueError):
    """The text is not an edition; the message says where."""


class EditionRef(Frozen):
    """What a case carries of its edition."""

    name: str
    sha256: str


class _Table(Frozen):
    """A misspelt number must not pass for a missing one: unknown fields are refused here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str


class Office(_Table):
    closes: time


class WorkingDays(_Table):
    working_days: AtLeastOne


class PoliceAdvice(_Table):
    hours: AtLeastOne


class BySeriousness(_Table):
    ordinary_working_days: AtLeastOne
    serious_working_days: AtLeastOne


class RegularContact(BySeriousness):
    longest_working_days: AtLeastOne


class Closure(_Table):
    approval_working_days: AtLeastOne
    approval_needed_for: tuple[Literal["serious", "hate"], ...]


class Letters(_Table):
    post_working_days: AtLeastOne
    check_working_days: AtLeastOne


class PersistentHarm(_Table):
    reports: AtLeastOne
    within_days: AtLeastOne
    reassess_working_days: AtLeastOne


class MatterDays(_Table):
    """Working days at each stage of a matter unless a day was agreed; `longest_days` are calendar days."""

    longest_days: AtLeastOne
    promise: AtLeastOne
    chase: AtLeastOne
    action: AtLeastOne
    wait: AtLeastOne
    finding: AtLeastOne


class Audit(_Table):
    """From when each pattern of failure is found: how often, and after how many calendar days.
    `at` is the time of night in London at which cases are looked at.
    """

    at: time
    first_contact_days: AtLeastOne
    chases: AtLeastOne
    silence_days: AtLeastOne
    contacts_missed: AtLeastOne
    written_down_days: AtLeastOne
    written_down_times: AtLeastOne
    other_means: AtLeastOne
    risk_days: AtLeastOne
    reviews_missed: AtLeastOne
    review_days: AtLeastOne
    hate_days: AtLeastOne
    wait_extended: AtLeastOne
    wait_days: AtLeastOne
    evidence_days: AtLeastOne
    vulnerability_days: AtLeastOne
    promises_missed: AtLeastOne
    promises_moved: AtLeastOne
    promise_days: AtLeastOne
    action_moved: AtLeastOne
    action_days: AtLeastOne
    acted_on_days: AtLeastOne
    powers_days: AtLeastOne
    told_days: AtLeastOne
    done_days: AtLeastOne
    plan_days: AtLeastOne
    incidents: AtLeastOne
    incidents_within_days: AtLeastOne


class Category(Frozen):
    key: str
    name: str
    in_letters: str
    group: Literal["personal", "nuisance", "environmental"]
    presumed_serious: bool = False


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
    serious_appointment: WorkingDays
    police_advice: PoliceAdvice
    regular_contact: RegularContact
    review: BySeriousness
    second_look: WorkingDays
    closure: Closure
    letters: Letters
    persistent_harm: PersistentHarm
    escalation: WorkingDays
    matters: MatterDays
    audit: Audit
    categories: tuple[Category, ...]

    @property
    def ref(self) -> EditionRef:
        return EditionRef(name=self.name, sha256=self.sha256)

    def category(self, key: str) -> Category | None:
        return next((c for c in self.categories if c.key == key), None)

    def leading(self, keys: tuple[str, ...]) -> str | None:
        """The most serious of the keys. (asb-categories, section 2)"""
        return next((c.key for c in self.categories if c.key in keys), None)


def from_toml(text: str) -> Edition:
    """Raises EditionNotSane with the place that is wrong."""
    try:
        tables = tomllib.loads(text)
        return Edition(**tables, sha256=hashlib.sha256(text.encode()).hexdigest())
    except (tomllib.TOMLDecodeError, ValidationError, TypeError) as error:
        raise EditionNotSane(str(error)) from error


@lru_cache
def released() -> tuple[Edition, ...]:
    """Every released edition, oldest first."""
    folder = files(__package__)
    texts = (f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".toml"))
    return tuple(sorted(map(from_toml, texts), key=lambda e: e.in_force_from))


def in_force_on(day: date) -> Edition:
    """The edition under which a case reported on that day runs; the first one for days before it.
    (editions, section 8; our reading for what was reported before the policy was adopted)
    """
    started = [e for e in released() if e.in_force_from <= day]
    return started[-1] if started else released()[0]


@lru_cache
def named(name: str) -> Edition:
    """Raises EditionUnknown."""
    for edition in released():
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


def locked() -> dict[str, str]:
    """Name and SHA-256 of every released edition, as the lock file beside this module has them."""
    lines = files(__package__).joinpath(LOCK).read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines)


def refuse_changed_editions() -> None:
    """Called at worker start. Raises EditionUnknown when a released edition's text has changed."""
    if locked() != {e.name: e.sha256 for e in released()}:
        raise EditionUnknown("the editions differ from editions.lock: a released edition never changes")
