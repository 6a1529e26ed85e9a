"""What we publish: how we work, what of our pages does not work, and what we keep of whom. Every figure is the
edition's. (published-statement, section 1)
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from letters.compose import Letterhead, filled
from letters.kinds import CASE_REVIEW, LETTERHEAD, Fields
from letters.own_words import Values
from letters.telling import Contacts
from letters.typesetting import typeset
from letters.wordings import FOLDER, Block, Wording, WordingFaulty, WordingMissing, read_wording
from policy.editions import Edition, released
from policy.editions.retention import Period, RecordKind
from policy.editions.table import Listed
from policy.facts.assessing import Exclusion
from policy.facts.reporting import Strand
from policy.working_days import day_in_words

FIELDS: Final = Fields(
    always=LETTERHEAD,
    texts=CASE_REVIEW
    | {
        *("first_contact", "assessment", "risk", "second_look", "persistent_reports", "persistent_days"),
        *("hate_support", "police_advice", "appointment", "partners", "safety", "danger", "domestic_abuse"),
        *("ordinary_contact", "serious_contact", "longest_contact", "ordinary_review", "serious_review"),
        *("diary_read", "evidence_read", "reopening", "kept", "inspections", "policy_review"),
    },
    lists=frozenset({"categories", "exclusions", "strands", "warnings", "remedies"}),
)
ACCESSIBILITY: Final = Fields(always=LETTERHEAD, texts=frozenset())
PRIVACY: Final = Fields(
    always=LETTERHEAD,
    texts=frozenset({"data_protection_officer"}),
    lists=frozenset({"kept", "recipients"}),
    switches=frozenset({"public", "not_public"}),
)

_WARNINGS: Final = frozenset({"warning", "notice"})
_REMEDIES: Final = frozenset({"remedy"})
_PUBLISHED: Final[Mapping[str, Fields]] = {"policy": FIELDS, "accessibility": ACCESSIBILITY, "privacy": PRIVACY}
_TEMPLATE: Final = Path(__file__).parent / "statement.typ"

_EXCLUSIONS: Final[Mapping[Exclusion, str]] = {
    Exclusion.TIT_FOR_TAT: "Quarrels between neighbours in which each pays the other back",
    Exclusion.HIGHWAY_PARKING: "Parking on the public road: that is for the council or the police",
    Exclusion.LIFESTYLES: "Different ways of living, such as the smell of cooking",
    Exclusion.BABIES_AND_CHILDREN: "Babies who cry, children who play or fall out with each other",
    Exclusion.ONE_OFF: "Something that happens once, such as a party or a bonfire",
}
_STRANDS: Final[Mapping[Strand, str]] = {
    Strand.RACE: "Race, skin colour, nationality or where somebody comes from",
    Strand.RELIGION: "Religion or belief",
    Strand.SEXUAL_ORIENTATION: "Whom somebody loves",
    Strand.TRANSGENDER_IDENTITY: "Being transgender",
    Strand.DISABILITY: "Disability or ill health",
    Strand.OTHER: "Anything else about who somebody is, such as their age or sex",
}


_OF_RESIDENTS: Final = (
    RecordKind.CASE,
    RecordKind.CASE_IN_COURT,
    RecordKind.REPORT_WITHOUT_CASE,
    RecordKind.CASE_REVIEW,
    RecordKind.PERSON,
    RecordKind.EVIDENCE,
    RecordKind.LETTINGS_CHECK,
    RecordKind.DISCLOSURE,
    RecordKind.LOOKING,
)


@dataclass(frozen=True)
class Statement:
    """`tab` says nothing of what it is about. `edition` says in words of when it is."""

    tab: str
    title: str
    edition: str
    in_force_from: date
    blocks: tuple[Block, ...]


def statement(edition: Edition, house: Letterhead, contacts: Contacts, day: date) -> Statement:
    """As the edition has it, with what the law allows on that day."""
    values: Values = {
        **_of(house),
        "council": contacts.council,
        "case_review_contact": contacts.case_review,
        **_figures(edition),
        **_lists(edition, day),
    }
    return _told("policy", edition, values)


def accessibility(edition: Edition, house: Letterhead) -> Statement:
    """It is dated in its own words, by whoever looked."""
    return _told("accessibility", edition, _of(house))


@dataclass(frozen=True)
class Controller:
    """Who answers for what is kept: the data protection officer, as residents reach them, and whether the landlord
    is a public authority, on which the lawful basis depends.
    """

    data_protection_officer: str
    is_public: bool


def privacy(edition: Edition, house: Letterhead, answers: Controller) -> Statement:
    values: Values = {
        **_of(house),
        "data_protection_officer": answers.data_protection_officer,
        "recipients": [one.name for one in edition.agencies],
        "kept": [_kept(edition.retention.of(kind)) for kind in _OF_RESIDENTS],
        "public" if answers.is_public else "not_public": "yes",
    }
    return _told("privacy", edition, values)


def statement_pdf(told: Statement, house: Letterhead) -> bytes:
    """Tagged, PDF/UA-1. The same statement gives the same bytes."""
    page = {
        "title": told.title,
        "edition": told.edition,
        "letterhead": {"name": house.name},
        "blocks": [{"shape": block.shape, "lines": block.lines} for block in told.blocks],
    }
    return typeset(json.dumps(page, ensure_ascii=False), told.in_force_from, _TEMPLATE)[0]


def check_published() -> None:
    """For the start of the program: raises WordingMissing or WordingFaulty."""
    for name in _PUBLISHED:
        _wording(name)
    named = {one.key for edition in released() for one in edition.legal.steps if one.kind in _WARNINGS | _REMEDIES}
    for name, keys in (("steps", named), ("kept", set(_OF_RESIDENTS))):
        if missing := sorted(keys - _by_key(name).keys()):
            raise WordingFaulty(f"{name}.txt", 1, f"never says {', '.join(missing)}")


@cache
def _by_key(name: str) -> dict[str, str]:
    """What is said of each thing that the edition lists, a line each: its key, a colon and a sentence or more.
    Raises WordingMissing and WordingFaulty.
    """
    path = FOLDER / "published" / f"{name}.txt"
    if not path.is_file():
        raise WordingMissing(path.name)
    said = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        key, colon, words = line.partition(": ")
        if not colon or not words.strip():
            raise WordingFaulty(path.name, number, "a key, a colon and what is said of it")
        said[key.strip()] = words.strip()
    return said


@cache
def _wording(name: str) -> Wording:
    return read_wording(FOLDER / "published" / f"{name}.txt", _PUBLISHED[name], shared=FOLDER / "shared")


def _told(name: str, edition: Edition, values: Values) -> Statement:
    wording, since = _wording(name), edition.in_force_from
    in_force = f"In force from {day_in_words(since)}"
    return Statement(wording.subject, wording.title, in_force, since, tuple(filled(wording, values)))


def _of(house: Letterhead) -> Values:
    return {"landlord": house.name, "phone": house.phone, "email": house.email, "website": house.website}


def _kept(period: Period) -> str:
    return _by_key("kept")[period.key].replace("{length}", _length(period.months))


def _explained(step: Listed) -> str:
    return f"{step.name}. {_by_key('steps')[step.key]}"


def _figures(edition: Edition) -> dict[str, str]:
    matters, contact, review = edition.matters, edition.regular_contact, edition.review
    closed = next(period for period in edition.retention.periods if period.key == "case")
    working_days = {
        "first_contact": edition.first_contact.working_days,
        "assessment": edition.assessment.working_days,
        "risk": edition.risk.working_days,
        "second_look": edition.second_look.working_days,
        "hate_support": edition.support.hate_working_days,
        "appointment": edition.serious_appointment.working_days,
        "partners": edition.partners.working_days,
        "safety": edition.safety.working_days,
        "ordinary_contact": contact.ordinary_working_days,
        "serious_contact": contact.serious_working_days,
        "longest_contact": contact.longest_working_days,
        "ordinary_review": review.ordinary_working_days,
        "serious_review": review.serious_working_days,
        "diary_read": matters.diary_read,
        "evidence_read": matters.evidence,
        "inspections": edition.estate_inspections.every_working_days,
    }
    hours = {
        "police_advice": edition.police_advice.hours,
        "danger": edition.safety.danger_hours,
        "domestic_abuse": edition.domestic_abuse.hours,
    }
    return {
        **{name: _many(number, "working day") for name, number in working_days.items()},
        **{name: _many(number, "hour") for name, number in hours.items()},
        "persistent_reports": _many(edition.persistent_harm.reports, "report"),
        "persistent_days": _many(edition.persistent_harm.within_days, "day"),
        "reopening": _many(edition.reopening.within_days, "day"),
        "policy_review": _many(edition.policy_review.years, "year"),
        "kept": _length(closed.months),
    }


def _lists(edition: Edition, day: date) -> dict[str, list[str]]:
    steps = edition.legal.steps
    return {
        "categories": [one.name for one in edition.categories],
        "exclusions": list(_EXCLUSIONS.values()),
        "strands": list(_STRANDS.values()),
        "warnings": [_explained(one) for one in steps if one.kind in _WARNINGS and one.runs_on(day)],
        "remedies": [_explained(one) for one in steps if one.kind in _REMEDIES and one.runs_on(day)],
    }


def _length(months: int) -> str:
    return _many(months // 12, "year") if months % 12 == 0 else _many(months, "month")


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
