"""What a field of a form is chosen from: the edition's lists, and who and what is on this case."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Final
from uuid import UUID

from api.lists import LISTS
from pages.staff.recording.inputs import Choices, Option, Questions
from policy.caller import Caller
from policy.case_file import CaseFile
from policy.case_review.facts import US
from policy.case_review.review import Recommendation, ReviewFile
from policy.company import called
from policy.editions import Edition
from policy.facts.base import Fact
from policy.facts.matters import MatterKind
from policy.letters_owed import LetterOwed
from policy.permissions import Action, may
from policy.procedures.base import ProcedureFile
from policy.rules.matters import called_of, open_for
from policy.working_days import day_in_words, london_day
from store import evidence_files
from store.evidence_files import EvidenceLine, FileState
from store.sessions import Reading

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
OF_A_MATTER: Final = frozenset({"matter", *_MATTERS})
"""Fields that name one."""
_US: Final = Option(US, "Us")
_ASKED: Final = {
    "risk_assessed": "risk-questions",
    "case_reviewed": "review-questions",
    "questionnaire_answered": "questionnaire",
}
"""Facts with `answers`, and what to."""


def choices_on(
    file: CaseFile,
    edition: Edition,
    kind: type[Fact],
    names: Mapping[str, str],
    colleagues: Sequence[Option] = (),
    files: Sequence[Option] = (),
    matters: Mapping[str, str] = MappingProxyType({}),
) -> Choices:
    """`names` are those of the people on the case, by their key. A case is given to one of the `colleagues`, where
    we know any: an id that was misspelt would be nobody's. `files` are those that no fact names, `matters` what
    each is called, by its key.
    """
    fact = kind.model_fields["fact"].default
    people = tuple(Option(key, name) for key, name in names.items())

    def of(field: str) -> Sequence[Option] | None:  # noqa: PLR0911 - one line a kind
        if field in _PEOPLE or (field == "key" and fact in _KEY_OF_SOMEBODY):
            return people
        if field == "key" and fact in _KEY_OF_A_LETTER:
            return tuple(_letter(key, one, names) for key, one in file.letters.items())
        if field == "officer" and colleagues:
            return colleagues
        if field == "files":
            return files
        if field == "matter":
            return tuple(Option(key, matters.get(key) or _matter(key)) for key in open_for(file, kind))
        if field in _MATTERS:
            of_kind = (key for key, one in file.matters.items() if one.kind is _MATTERS[field])
            return tuple(Option(key, matters.get(key) or _matter(key)) for key in of_kind)
        name = _LISTED_FOR.get((fact, field), _LISTED.get(field))
        if name is None:
            return None
        return tuple(Option(one.key, one.name) for one in LISTS[name](edition))

    return of


async def files_for(db: Reading, ref: str, who: Caller, named: Sequence[str]) -> tuple[Option, ...]:
    """By name, those of the case that no fact names, and of what waits for a case those that are `named`."""
    ids = [one for one in named if _is_id(one)] if may(who.role, Action.TAKE_EVIDENCE) else []
    waiting = [one for one in (await evidence_files.by_ids(db, ids)).values() if one.case_ref is None]
    free = (one for one in (*await evidence_files.of_case(db, ref), *waiting) if one.matter is None)
    return tuple(_file(one) for one in free if one.state is not FileState.ERASED)


def stands_now(file: CaseFile, fact: str) -> dict[str, list[str]]:
    """What a form replaces as a whole, and therefore begins with."""
    if fact != "closure_days_adopted":
        return {}
    days = (f"{day.isoformat()} {why}" for day, why in sorted(file.closure_days.days.items()))
    return {"days": ["\n".join(days)], "known_until": [file.closure_days.known_until.isoformat()]}


def choices_beside(file: ProcedureFile, edition: Edition) -> Choices:
    """Of what is carried on beside a case: the edition's agencies, and what a case review has."""
    agencies = tuple(Option(one.key, one.name) for one in LISTS["agencies"](edition))
    reasons = tuple(Option(one.key, one.name) for one in LISTS["lawful-reasons"](edition))
    review = file if isinstance(file, ReviewFile) else None
    route = edition.case_reviews.route_in(review.district) if review else None
    found = {
        **dict.fromkeys(("agency", "agencies", "attended"), agencies),
        "to": (*agencies, _US),
        "lawful_reason": reasons,
        "answered_by": (Option(route.key, route.name), _US) if route else None,
        "route": (Option(route.key, route.name),) if route else None,
        "recommendation": tuple(_recommendation(key, one) for key, one in review.open_recommendations().items())
        if review
        else None,
    }
    return found.get


def _recommendation(key: str, one: Recommendation) -> Option:
    return Option(key, f"{key.replace('-', ' ').capitalize()}, to {one.to.replace('_', ' ')}")


def questions_of(edition: Edition, fact: str, actions: Sequence[Option] = ()) -> Questions:
    """`actions` are those that a review asks about."""
    if fact not in _ASKED:
        return {}
    answers = [
        (Option(one.key, one.name), [Option(each.key, each.name) for each in one.answers])
        for one in LISTS[_ASKED[fact]](edition)
    ]
    return {"answers": answers, "actions": [(one, ()) for one in actions]}


def must_say(fact: str, *, hate: bool) -> frozenset[str]:
    """What the policy wants all of: each answer of a review or of the risk, each power where it is about hate."""
    answers = {"answers"} if fact in {"case_reviewed", "risk_assessed"} else set()
    return frozenset(answers | ({"powers"} if fact == "case_reviewed" and hate else set()))


def _letter(key: str, one: LetterOwed, names: Mapping[str, str]) -> Option:
    return Option(
        key, f"{one.kind.called[:1].upper()}{one.kind.called[1:]}, to {names.get(one.to, called(one.to))}"
    )


def _file(one: EvidenceLine) -> Option:
    return Option(
        one.id,
        f"{one.name or one.kind.capitalize()} ({one.kind}, came on {day_in_words(london_day(one.added_at))})",
    )


def _is_id(said: str) -> bool:
    with suppress(ValueError):
        return str(UUID(said)) == said
    return False


def _matter(key: str) -> str:
    text = called_of([key])
    return text[:1].upper() + text[1:]
