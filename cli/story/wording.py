"""A fact in an officer's words: its heading, and what it says in codes."""

from collections.abc import Iterator
from typing import Any, Final

from policy.case_file import CaseFile
from policy.company import called
from policy.deadlines import without_number
from policy.facts import Fact, Recorded
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind, Step
from policy.facts.promising import Chased
from policy.headings import HEADINGS, OF_CASE_REVIEW, OF_LEGAL_ACTION, OF_REFERRAL, WHO
from policy.matters import COURSES
from policy.referral.codes import Undelivered

_DETAILS: Final = (
    "kind",
    "remedy",
    "view",
    "how",
    "stage",
    "step",
    "power",
    "asked_of",
    "to",
    "agency",
    "gateway",
    "purpose",
    "waiting_for",
    "category",
    "seriousness",
    "exclusion",
    "advice",
    "outcome",
    "closing",
    "key",
    "side",
    "why",
    "when",
    "worker",
    "security",
    "agency",
    "recommendation",
    "met",
    "means",
)
_IN_WORDS: Final[dict[str, dict[str, str]]] = {
    "purpose": {
        "police": "to telling the police",
        "health": "to asking their GP or nurse",
        "advocate": "to somebody who acts for them",
        "referral": "to being referred",
        "witness": "to being a witness",
        "publicity": "to what the neighbourhood is told",
    },
    "exclusion": {
        "tit_for_tat": "not usually anti-social behaviour: tit for tat",
        "highway_parking": "not usually anti-social behaviour: parking on the highway",
        "lifestyles": "not usually anti-social behaviour: different ways of living",
        "babies_and_children": "not usually anti-social behaviour: babies and children",
        "one_off": "not usually anti-social behaviour: something that happened once",
    },
    "why": {
        "by_mistake": "put there by mistake",
        "consent_withdrawn": "took their consent back",
        "not_found": "nobody could find out who they are",
    }
    | {one.value: one.in_words for one in Undelivered},
    "advice": {"not_reasonable": "what is asked is not reasonable", "speak_first": "speak to the neighbour first"},
    "side": {"complainant": "the complainant", "perpetrator": "the person complained about"},
    "closing": {
        "with_letter": "with a letter",
        "unjustified": "at once, as unjustified",
        "dealt_with": "at once, as dealt with",
        "mediation": "at once, as referred to mediation",
        "not_usually_asb": "at once, as not usually anti-social behaviour",
        "joined": "with the case that it had joined",
    },
    "worker": {"gp": "GP"},
    "met": {"True": "it is", "False": "it is not"},
    "means": {
        "phone": "by telephone",
        "text": "by text message",
        "email": "by e-mail",
        "post": "by post",
        "visit": "on a visit",
    },
}
"""By field, what its codes mean where their own words do not say it."""
_SPACES: Final = str.maketrans("_-", "  ")


def fact_in_words(entry: Recorded[Any], file: CaseFile | None) -> str:
    """`We reached the complainant (by telephone)`. The case as it was says which side is meant."""
    heading = (HEADINGS | OF_LEGAL_ACTION | OF_REFERRAL | OF_CASE_REVIEW)[entry.fact.fact]
    words = heading.replace(WHO, _who(entry.fact))
    details = ", ".join(_details(entry.fact, file, names_them=WHO in heading))
    return f"{words[0].upper()}{words[1:]}{f' ({details})' if details else ''}"


def _who(fact: Fact) -> str:
    """Beside a key of somebody on the case, `person` is the id under which they are kept."""
    person = getattr(fact, "key", None) or getattr(fact, "person", None)
    return _plain(called(person)) if person else "somebody"


def _details(fact: Fact, file: CaseFile | None, *, names_them: bool) -> Iterator[str]:
    said = fact.model_dump(mode="json", include=set(_DETAILS) - ({"key"} if names_them else set()))
    for field in _DETAILS:
        yield from (_detail(field, code) for code in _codes(said.get(field)) if not _is_of_sending(field, code))
    taken_up = getattr(fact, "taken_up", None)
    if taken_up is not None:
        yield "they take it up" if taken_up else "they do not take it up"
    if getattr(fact, "reached", True) is False:
        yield "and did not reach them"
    matter = getattr(fact, "matter", None)
    if isinstance(fact, Chased) and matter:
        yield COURSES[MatterKind(without_number(matter))].called
    if isinstance(fact, Step) and file is not None:
        yield from (_detail("side", side) for side, offer in file.mediation.items() if offer.matter == matter)


def _is_of_sending(field: str, code: str) -> bool:
    """Under which attempt a referral went is for the system alone."""
    return field == "key" and without_number(code) == "send"


def _detail(field: str, code: str) -> str:
    return _IN_WORDS.get(field, {}).get(code) or code_in_words(code)


def code_in_words(code: str) -> str:
    """A letter's code as the letter is called; any other without its marks."""
    bare = without_number(code)
    return LetterKind(bare).called if bare in set(LetterKind) else _plain(code)


def _plain(code: str) -> str:
    return code.replace("perpetrator", "person complained about").translate(_SPACES)


def _codes(said: object) -> list[str]:
    if isinstance(said, list):
        return [str(one) for one in said]
    return [] if said is None else [str(said)]
