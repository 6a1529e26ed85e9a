"""What a field of a form is chosen from: the edition's lists, and who and what is on this case."""

from collections.abc import Mapping, Sequence
from typing import Final

from api.lists import LISTS
from pages.staff.recording.inputs import Choices, Option, Questions
from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts.base import Fact
from policy.facts.matters import MatterKind
from policy.rules.matters import called_of, open_for

_LISTED: Final = {
    "agency": "agencies",
    "asked_of": "agencies",
    "categories": "categories",
    "excluded": "conditions-not-disabilities",
    "kind": "needs",
    "lawful_reason": "lawful-reasons",
    "measures": "safety-measures",
    "members": "agencies",
    "came": "agencies",
    "partners": "partners",
    "power": "powers",
    "provider": "support-providers",
    "remedy": "remedies",
    "step": "warnings-and-notices",
}
"""By field, the list that its keys are from."""
_LISTED_FOR: Final = {
    ("signposted", "agencies"): "signposts",
    ("health_contact_made", "lawful_reason"): "lawful-reasons-health",
    ("agreement_proposed", "kind"): None,
    ("letter_asked_for", "kind"): None,
    ("evidence_received", "kind"): None,
    ("group_called", "kind"): None,
}
"""What the same name means on one kind of fact; None where the type says it."""
_PEOPLE: Final = frozenset({"person", "about", "parties", "acts_for"})
_KEY_OF_SOMEBODY: Final = frozenset({"person_identified", "person_left"})
_KEY_OF_A_LETTER: Final = frozenset(
    {"letter_held", "letter_released", "letter_worded", "letter_sent", "letter_not_sent"}
)
_MATTERS: Final = {
    "agreement": MatterKind.AGREEMENT,
    "hearing": MatterKind.HEARING,
    "group": MatterKind.GROUP,
}
_ASKED: Final = {
    "risk_assessed": "risk-questions",
    "case_reviewed": "review-questions",
    "questionnaire_answered": "questionnaire",
}
"""Facts with `answers`, and what to."""


def choices_on(file: CaseFile, edition: Edition, kind: type[Fact], names: Mapping[str, str]) -> Choices:
    """`names` are those of the people on the case, by their key."""
    fact = kind.model_fields["fact"].default
    people = tuple(Option(key, name) for key, name in names.items())

    def of(field: str) -> Sequence[Option] | None:
        if field in _PEOPLE or (field == "key" and fact in _KEY_OF_SOMEBODY):
            return people
        if field == "key" and fact in _KEY_OF_A_LETTER:
            return tuple(Option(key, key.replace("-", " ")) for key in file.letters)
        if field == "matter":
            return tuple(_matter(key) for key in open_for(file, kind))
        if field in _MATTERS:
            return tuple(_matter(key) for key, one in file.matters.items() if one.kind is _MATTERS[field])
        name = _LISTED_FOR.get((fact, field), _LISTED.get(field))
        if name is None:
            return None
        return tuple(Option(one.key, one.name) for one in LISTS[name](edition))

    return of


def questions_of(edition: Edition, fact: str, actions: Sequence[Option] = ()) -> Questions:
    """`actions` are those that a review asks about."""
    if fact not in _ASKED:
        return {}
    answers = [
        (Option(one.key, one.name), [Option(each.key, each.name) for each in one.answers])
        for one in LISTS[_ASKED[fact]](edition)
    ]
    return {"answers": answers, "actions": [(one, ()) for one in actions]}


def _matter(key: str) -> Option:
    text = called_of([key])
    return Option(key, text[:1].upper() + text[1:])
