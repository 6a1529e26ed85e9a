"""The policy's editions: dated, immutable data, loaded once from the files beside this module."""

import hashlib
import tomllib
from datetime import date, time
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal

from pydantic import ConfigDict, ValidationError

from policy.editions import conduct
from policy.editions.table import AtLeastOne, Listed
from policy.editions.table import Table as _Table
from policy.frozen import Frozen


class EditionUnknown(LookupError):
    """No edition of that name, none yet in force on that day, or its hash is another than the case's."""


class EditionNotSane(ValueError):
    """The text is not an edition; the message says where."""


class EditionRef(Frozen):
    """What a case carries of its edition."""

    name: str
    sha256: str


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
    diary: AtLeastOne
    diary_chase: AtLeastOne
    diary_read: AtLeastOne
    evidence: AtLeastOne
    surveillance_asked: AtLeastOne
    surveillance_review: AtLeastOne
    interview: AtLeastOne
    mediation_offer: AtLeastOne
    mediation_referral: AtLeastOne
    agreement_proposed: AtLeastOne
    agreement_review: AtLeastOne
    breach: AtLeastOne
    starter_tenancy_before: AtLeastOne
    starter_tenancy_at_once: AtLeastOne
    police_acknowledgement: AtLeastOne
    police_answer: AtLeastOne
    remedy_wishes: AtLeastOne
    remedy_given: AtLeastOne
    publicity_proposed: AtLeastOne
    publicity_approval: AtLeastOne
    publicity_given_out: AtLeastOne


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
    categories: tuple[Category, ...]
    surveillance: conduct.Surveillance
    mediation: conduct.Mediation
    police: conduct.Police
    review_questions: tuple[conduct.ReviewQuestion, ...]
    powers: tuple[Listed, ...]

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
