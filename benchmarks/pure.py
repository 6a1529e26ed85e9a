"""Figures of the policy and the letters alone: one core, no servers."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from benchmarks.bare import WORDS
from gateways.calendar import closure_days
from letters.compose import DEMO_LANDLORD, Addressee, LetterContent, compose
from policy import folding, rules
from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.editions import of, released
from policy.facts import Actor, CaseFact, Entry, Role
from policy.facts.contact import ContactMade
from policy.facts.people import Means, Person
from policy.facts.promising import PromiseMade
from policy.facts.reporting import Channel, ReportReceived

_OFFICER = Actor(id="officer-1", role=Role.OFFICER)
_REPORTED = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
_EDITION = released()[0]


def pure_figures(seconds: float) -> dict[str, str]:
    file = CaseFile(ref="CW-2026-000001", edition=_EDITION.ref, closure_days=closure_days(_REPORTED.date(), {}))
    by_phone = Person(name="Rowan Example", phone="01632 960001")
    report = ReportReceived(
        at=_REPORTED, channel=Channel.PHONE, words=WORDS, category="noise", complainant=by_phone
    )
    file = _recorded(file, _entry(report))
    contacts = [
        _entry(ContactMade(at=_REPORTED + timedelta(minutes=n), means=Means.PHONE, words=WORDS))
        for n in range(1, 500)
    ]
    folded = file
    for contact in contacts:
        folded = _recorded(folded, contact)
    busy = folded
    for n in range(10):
        busy = _recorded(busy, _entry(PromiseMade(at=contacts[-1].at + timedelta(minutes=n), words=WORDS)))
    edition = of(file.edition)
    numbers = count(1)
    letter = LetterContent(
        kind="closing-note",
        reference=file.ref,
        date=date(2026, 11, 24),
        addressee=Addressee("Rowan Example", ("2 Invented Row", "Sevenoaks")),
        values={
            "officer": "Sam Okafor",
            "officer_phone": "01632 960123",
            "council": "Wealdmere District Council",
            "case_review_contact": "01632 960200",
            "reasons": ["It was taken away."],
        },
    )
    rates = {
        "facts checked and folded per second": lambda: _recorded(file, contacts[0]),
        "the same with ten promises open": lambda: _recorded(busy, contacts[-1]),
        "deadlines of a case counted per second": lambda: deadlines(folded, edition),
        "case files written as JSON and read again per second": lambda: CaseFile.model_validate_json(
            folded.model_dump_json()
        ),
        "letters composed per second": lambda: compose(
            replace(letter, reference=f"CW-2026-{next(numbers):06d}"), DEMO_LANDLORD
        ),
    }
    figures = {name: f"{_rate(act, seconds):,.0f}" for name, act in rates.items()}
    sizes = {
        f"bytes of a case file after {folded.seq} facts": folded,
        "the same with ten promises open, bytes": busy,
    }
    return figures | {name: f"{len(one.model_dump_json()):,}" for name, one in sizes.items()}


def _entry(fact: CaseFact) -> Entry:
    return Entry(id=f"fact-{fact.at:%H%M}", by=_OFFICER, recorded_at=fact.at, fact=fact)


def _recorded(file: CaseFile, entry: Entry) -> CaseFile:
    edition = of(file.edition)
    rules.check(file, entry, edition)
    return folding.after(file, entry, edition)


def _rate(act: Callable[[], object], seconds: float) -> float:
    act()
    began, done = time.process_time(), 0
    while (spent := time.process_time() - began) < seconds:
        act()
        done += 1
    return done / spent
