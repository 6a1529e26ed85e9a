"""Which fields of a fact a pack prints. One that stands in neither list is in none, such as how to reach somebody
in safety, who of the staff it was, and another case's reference.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final

from policy.facts.base import Fact
from policy.working_days import day_in_words, moment_in_words

SAID: Final = {
    "words": "",
    "reasons": "Reasons",
    "explanation": "Explanation",
    "alleged": "What is alleged",
    "decided": "What was decided",
    "happens_next": "What happens next",
    "terms": "Terms",
    "effect": "Effect",
    "very_serious": "Why very serious",
    "necessity": "Why it is necessary",
    "impact": "What it does to others",
    "support": "Support offered",
    "chance": "What they could say",
    "sentence": "What was found",
    "what": "What was told",
    "why": "Why",
    "under": "Under",
    "caused_by_it": "Caused by the disability",
    "impairment": "Impairment",
    "addressed": "What was tried",
    "appropriate": "Whether it is appropriate",
    "effect_on_neighbours": "Effect on neighbours",
    "proportionate": "Whether it is proportionate",
    "besides": "Besides",
    "source": "Brought from",
    "reference": "Called there",
    "court": "Court",
    "answers": "Answers",
    "actions": "Actions",
    "own_words": "In the letter",
}
"""In somebody's own words, by what stands before them."""

CODES: Final = {
    "channel": "How we were told",
    "means": "How",
    "category": "What it is about",
    "categories": "What it is about",
    "seriousness": "How serious",
    "limb": "Part of the definition",
    "exclusion": "Not usually anti-social behaviour",
    "advice": "Advice",
    "upheld": "Upheld",
    "policy_followed": "Policy followed",
    "outcome": "Outcome",
    "closing": "How it was closed",
    "purpose": "What for",
    "kind": "Kind",
    "due": "Due",
    "row": "Row of the policy",
    "on": "On",
    "hour": "At",
    "ends": "Until",
    "by_when": "By",
    "appointment_at": "For",
    "happened_at": "When it happened",
    "remedy": "Remedy",
    "step": "Step",
    "heeded": "Heeded",
    "agrees": "Agrees",
    "substantial": "Substantial",
    "taken_up": "Taken up",
    "reached": "Reached",
    "stands": "Stands",
    "agency": "Agency",
    "agencies": "Agencies",
    "partners": "Partners",
    "asked_of": "Asked of",
    "power": "Power",
    "method": "Method",
    "how": "How it ended",
    "to_court": "Taken to court",
}
"""Codes and days, by what stands before them."""

NEVER: Final = frozenset(
    {
        *(
            "at",
            "entries",
            "fact",
            "key",
            "person",
            "matter",
            "owner",
            "officer",
            "proposed_by",
            "complainant",
            "about",
            "place",
        ),
        *(
            "safe_contact",
            "domestic_abuse",
            "no_contact",
            "in_danger",
            "measures",
            "language",
            "adjustments",
            "minor",
        ),
        *("born", "acts_for", "consent_given_by", "part", "parties", "standing", "earlier", "tenancy", "to"),
        *(
            "follows",
            "follows_closed_at",
            "from_case",
            "into",
            "other",
            "tie",
            "with_case",
            "told_on",
            "told_by",
            "by_case",
        ),
        *("reporter", "hate", "police_advised", "police_advice", "interpreter", "every_working_days", "until"),
        *(
            "reports",
            "hate_since",
            "serious_since",
            "police_advised_at",
            "appointment_offered_at",
            "crime_alleged",
        ),
        *("police_agreed", "publicity_agreed", "told_at", "decided_at", "taken_back", "incident", "reported_at"),
        *("housing_function", "powers", "waiting_for", "group", "agreed", "edition", "days", "known_until"),
        *("nothing_identifies", "provider", "security", "already_told", "lawful_reason", "hearing", "when"),
        *(
            "advised_on_court",
            "protection",
            "worker",
            "pattern",
            "also",
            "operator",
            "side",
            "starts",
            "agreement",
        ),
        *(
            "of_an_order",
            "nobody_named",
            "nothing_points_to_them",
            "causes",
            "tenure",
            "grounds",
            "proven",
            "ground",
        ),
        *("sixteen_or_over", "known", "stage", "appeal_hearing", "set_aside", "members", "gateway", "came"),
        *("none_agreed", "never_met", "stays", "review", "excluded", "goes_on", "proposed", "basis", "view"),
        *("appeal", "order", "in_court", "said", "by_channel", "overridden", "in_doubt"),
        *("files", "held", "went_at", "worded"),
    }
)
"""Printed nowhere. A field that is new stands in one of the three."""


def codes_of(fact: Fact) -> Iterator[tuple[str, str]]:
    """Each with its label, in plain words."""
    told = vars(fact)
    for name, label in CODES.items():
        value = told.get(name)
        if value is not None and value != ():
            yield label, _plain(value)


def said_in(fact: Fact) -> Iterator[tuple[str, str]]:
    """What somebody said, with its label. A code under the name of such a field is not said by anybody."""
    told = vars(fact)
    for name, label in SAID.items():
        value = told.get(name)
        if isinstance(value, dict):
            yield label, "\n".join(f"{key.replace('_', ' ')}: {_plain(one)}" for key, one in value.items())
        elif isinstance(value, str) and value and not isinstance(value, StrEnum):
            yield label, value


def _plain(value: Any) -> str:  # noqa: ANN401 - what a fact holds
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return moment_in_words(value)
        case date():
            return day_in_words(value)
        case time():
            return f"{value:%H:%M}"
        case tuple() | list():
            return ", ".join(map(_plain, value))
        case _:
            return str(value).replace("_", " ")
