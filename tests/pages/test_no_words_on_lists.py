"""No list shows words of a case: who reads them opens the case, which is a look."""

from collections.abc import AsyncIterator, Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final, TypeVar
from uuid import uuid4

import pytest_asyncio
from beside_here import NOW, TO_ISSUED, TO_THE_MEETING, asked_for, beside, legal_action, listed
from conftest import GROUPS
from own_link import OFFICER, case_of
from referred_here import sent_to_agency
from signed_in import a_sign_in

from api.page_actions import OF_STAFF_PAGES
from pages.app import with_pages
from policy.case import CASE
from policy.case_file import CaseFile
from policy.case_review.review import ReviewFile
from policy.facts import FACT_TYPES, Entry
from policy.facts.base import Fact
from policy.facts.groups import GroupCalled, GroupKind
from policy.facts.promising import ActionPlanned
from policy.facts.reviewing import CaseAllocated
from policy.referral.facts import ReferralAnswered
from runtime.settings import Settings
from tests.api.product import Product, elsewhere, serving
from tests.given import EDITION, empty_file, report
from tests.policy import happenings as h
from tests.policy.random_cases import BUILDERS
from tests.store.test_evidence_kept import added

F = TypeVar("F", bound=Fact)
WORD: Final = "Quixoticword"
LINE: Final = 200
"""Characters that a line may have: what may be longer is in somebody's words."""
NO_WORDS: Final = frozenset({"court"})
"""Where a court sits is no secret of a case, and a hearing is of no use without."""
ME: Final = "officer-773"
NOT_HERE: Final = frozenset({"case_joined", "person_identified", "person_joined", "closure_days_adopted"})
"""What needs another case or somebody's record, and days on which we are closed for everybody."""


def in_words(fact: F) -> F:
    """The same fact, with the word in each field that somebody writes in."""
    schema = type(fact).model_json_schema()
    return type(fact).model_validate(_marked(fact.model_dump(mode="json"), schema, schema.get("$defs", {})))


def _marked(value: Any, said: Mapping[str, Any], kinds: Mapping[str, Any]) -> Any:
    said = next(_meant(said, kinds))
    match value:
        case dict() if "properties" in said:
            fields = {name: one for name, one in said["properties"].items() if name not in NO_WORDS}
            return value | {name: _marked(value.get(name), one, kinds) for name, one in fields.items()}
        case dict():
            return {name: _marked(one, said.get("additionalProperties", {}), kinds) for name, one in value.items()}
        case list():
            return [_marked(one, said.get("items", {}), kinds) for one in value]
        case _:
            return WORD if said.get("maxLength", 0) >= LINE else value


def _meant(said: Mapping[str, Any], kinds: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for one in [each for each in said.get("anyOf", ()) if each.get("type") != "null"][:1]:
        yield from _meant(one, kinds)
    if "$ref" in said:
        yield from _meant(kinds[said["$ref"].rpartition("/")[2]], kinds)
    yield said


def everything_told() -> list[Fact]:
    """One fact at least of each kind that leaves the case and what was begun on it open."""
    file, facts = _begun()
    for number, name in enumerate(one for one in BUILDERS if one not in NOT_HERE):
        for pick in (number, number + 1):
            fact = in_words(BUILDERS[name](file, NOW, pick))
            if "files" in type(fact).model_fields:
                fact = fact.model_copy(update={"files": ()})
            after = CASE.after(file, _entry(fact))
            if after.closed_at is None and len(after.matters) >= len(file.matters) and not after.domestic_abuse:
                file = after
                facts.append(fact)
    assert len({fact.fact for fact in facts}) > len(FACT_TYPES) // 2
    return facts


def _begun() -> tuple[CaseFile, list[Fact]]:
    """What agencies owe, in words."""
    group = GroupCalled(
        at=NOW, kind=GroupKind.PANEL, members=("police",), about=(), gateway="protocol", words=WORD
    )
    action = ActionPlanned(at=NOW, words=WORD, group="group-3", agency="police", by_when=NOW.date())
    facts: list[Fact] = [h.hate(NOW), group, action]
    file = CASE.after(empty_file(NOW.date()), _entry(report(NOW)))
    for fact in facts:
        file = CASE.after(file, _entry(fact))
    return file, facts


def _entry(fact: Fact) -> Entry:
    return Entry.model_validate({"id": str(uuid4()), "by": OFFICER, "recorded_at": NOW, "fact": fact})


@pytest_asyncio.fixture(loop_scope="session")
async def alone(settings: Settings) -> AsyncIterator[Product]:
    """With a database of its own, of whose lists none is so long that it goes on elsewhere."""
    async with serving(elsewhere(settings, role_groups=GROUPS), make=with_pages) as product:
        yield product


async def test_a_word_that_was_written_on_a_case_stands_on_no_list(alone: Product) -> None:
    await a_sign_in(alone, "officer-774")
    given = CaseAllocated(at=NOW, officer=ME)
    ref = await case_of(alone, *everything_told(), given, words=WORD)
    action = await legal_action(alone, *map(in_words, TO_ISSUED), in_words(listed(21)), case=ref)
    opening = ReviewFile(
        ref="CR-2073-000001", edition=EDITION.ref, closure_days=empty_file(NOW.date()).closure_days
    )
    review = await beside(alone.records, opening, tuple(map(in_words, (asked_for(ref), *TO_THE_MEETING))))
    referral = await sent_to_agency(alone, in_words(ReferralAnswered(at=NOW, taken_up=True, words=WORD)))
    file = await added(alone.resources.everything, ref, name=f"{WORD}.jpg")
    shown = {path: await _shown(alone, path) for path in _lists()}
    for path, page in shown.items():
        assert WORD not in page, (path, page[max(0, page.index(WORD) - 300) :][:400])
    for path, about in (
        ("/cases", ref),
        ("/safety/hate", ref),
        ("/safety/partners", ref),
        ("/safety/partners", referral.ref),
        ("/safety/legal-actions", action),
        ("/safety/hearings", action),
        ("/safety/case-reviews", review),
        ("/evidence", file.id),
        (f"/one-to-one?officer={ME}", ref),
        (f"/hand-over?officer={ME}", ref),
    ):
        assert about in shown[path], path
    assert f'href="/cases/{ref}#plan"' in shown["/safety/partners"], "by a press they are opened"
    case = await alone.http.get(f"/cases/{ref}", headers=alone.as_("officer", ME).headers())
    assert WORD in case.text.partition('id="plan"')[2]


def _lists() -> list[str]:
    """Every page whose address names nothing, of whatever it shows."""
    plain = [path for method, path in OF_STAFF_PAGES if method == "GET" and "{" not in path]
    besides = [f"/one-to-one?officer={ME}", f"/hand-over?officer={ME}", "/evidence?aside=yes", "/cases?hate=yes"]
    return [*(path for path in plain if path != "/handed-over"), *besides]


async def _shown(site: Product, path: str) -> str:
    """To each role that may look at it: all of them on one."""
    pages = []
    for role in ("officer", "community_safety", "supervisor", "manager"):
        who = site.as_(role, ME if role == "officer" else f"{role}-73")
        answer = await site.http.get(path, headers=who.headers())
        assert answer.status_code in {HTTPStatus.OK, HTTPStatus.FORBIDDEN}, (path, role, answer.text)
        pages += [answer.text] if answer.status_code == HTTPStatus.OK else []
    assert pages, path
    return "".join(pages)
