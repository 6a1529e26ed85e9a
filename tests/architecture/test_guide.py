"""docs/who-sees-what.md names what there is: roles, facts and who records them, reasons, paths and bodies."""

import json
import re
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import pytest

from api import access, facts, retention
from api.actions import ACTION_OF
from api.border import understood
from api.journal import named, one_of
from api.people import Search
from policy.access.facts import EmergencyAccessTaken
from policy.caller import STAFF_ROLES
from policy.correcting import EntryCorrected
from policy.facts.disclosing import Gateway
from policy.facts.reporting import ReportReceived
from policy.packs.readers import PackAsked
from policy.permissions import MAY_RECORD_BESIDE
from store.people import PersonTold
from tests.readme.shell import blocks

FACTS: Final = access.RECORDED_HERE | retention.RECORDED_HERE | named(EmergencyAccessTaken, EntryCorrected)
TAKEN: Final[dict[str, Any]] = {
    "reports": ReportReceived,
    "people": PersonTold,
    "people/search": Search,
    "cases/{}/facts": one_of(facts.RECORDED_HERE),
    "cases/{}/access": one_of(access.RECORDED_HERE),
    "cases/{}/emergency-access": EmergencyAccessTaken,
    "cases/{}/corrections": EntryCorrected,
    "cases/{}/packs": PackAsked,
    "retention/{}/facts": one_of(retention.RECORDED_HERE),
}
"""What each route takes that the guide posts to."""


@pytest.fixture(scope="module")
def guide(repository: Path) -> str:
    return (repository / "docs/who-sees-what.md").read_text(encoding="utf-8")


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def table(guide: str, heads: str) -> list[list[list[str]]]:
    """What stands in backticks, by line and cell."""
    lines = guide.partition(f"\n{heads}\n")[2].partition("\n\n")[0].splitlines()[1:]
    return [[quoted(cell) for cell in line.strip("|").split("|")] for line in lines]


def of_anybody(path: str) -> str:
    return re.sub(r"\$\w+|{\w+}", "{}", path.partition("?")[0])


def test_the_roles_are_those_that_sign_in(guide: str) -> None:
    told = [key for [key], *_ in table(guide, "| key | who | what they see |")]
    assert told == list(STAFF_ROLES)


def test_sign_in_names_the_same_roles(repository: Path) -> None:
    text = (repository / "docs/sign-in.md").read_text(encoding="utf-8")
    [sentence] = re.findall(r"^The roles are ([^.]+)\.", text, re.MULTILINE)
    assert quoted(sentence) == list(STAFF_ROLES)


def test_each_fact_is_there_with_who_records_it(guide: str) -> None:
    told = {fact: set(roles) for facts, roles in table(guide, "| facts | who records them |") for fact in facts}
    assert told == {name: set(MAY_RECORD_BESIDE[name]) for name in FACTS}


def test_each_reason_is_there_with_its_keys(guide: str) -> None:
    told = {(of, field): keys for (of, field), keys in table(guide, "| reason | keys |")}
    fields = [
        (name, field, kind.model_fields[field].annotation)
        for name, kind in FACTS.items()
        for field in kind.model_fields
    ]
    chosen = {
        (name, field): list(kind)
        for name, field, kind in fields
        if isinstance(kind, type) and issubclass(kind, StrEnum)
    }
    assert told == chosen | {("disclosures", "gateway"): list(Gateway)}


def test_every_path_is_a_route(guide: str) -> None:
    commands = "".join(blocks(guide, "sh"))
    found = {(verb.upper(), f"/{path}") for verb, path in re.findall(r'\b(get|post) "?([^"\s;]+)', commands)}
    found |= set(re.findall(r"`(GET|POST) (/[^`]+)`", guide))
    routes = {(verb, of_anybody(path)) for verb, path in ACTION_OF}
    assert len(found) > 20
    assert {(verb, path) for verb, path in found if (verb, of_anybody(path)) not in routes} == set()


def test_every_body_is_taken_by_its_route(guide: str) -> None:
    commands = re.sub(r"""'"\$\w+"'""", "b7f0e7f6-6a1c-4a9c-8a52-0d7f7f8c1a11", "".join(blocks(guide, "sh")))
    posted = re.findall(r"""\bpost "?([^"\s]+)"? "\$\w+" '([^']+)'""", commands)
    assert len(posted) == len(re.findall(r"\bpost ", commands))
    for path, body in posted:
        happened = {} if path.startswith("people") or path.endswith("packs") else {"at": datetime.now(UTC)}
        understood(TAKEN[of_anybody(path)], happened | json.loads(body))
