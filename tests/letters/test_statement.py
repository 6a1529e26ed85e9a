"""What we publish: every figure is the edition's, and it reads as easily as our letters."""

import io
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from printed_page import text_of
from test_wording import reading_grade

from letters.compose import DEMO_LANDLORD, Letterhead
from letters.statement import (
    _EXCLUSIONS,
    _STRANDS,
    FIELDS,
    Controller,
    Statement,
    _by_key,
    _figures,
    accessibility,
    check_published,
    privacy,
    statement,
    statement_pdf,
)
from letters.telling import Contacts
from letters.wordings import FOLDER, WordingFaulty, read_wording
from policy.editions import Edition, released
from policy.facts.assessing import Exclusion
from policy.facts.reporting import Strand

DAY = date(2026, 11, 30)
OURS = Controller("Mo Example, 01632 960 009", is_public=False)
CONTACTS = Contacts("the team", DEMO_LANDLORD.phone, "your council", "its community safety team")
EDITION = released()[-1]
WORDING = FOLDER / "published" / "policy.txt"
PHONES = {"999", "101", "0300", "111", "3000"}


def told(edition: Edition = EDITION, day: date = DAY) -> Statement:
    return statement(edition, DEMO_LANDLORD, CONTACTS, day)


def words(one: Statement) -> str:
    return "\n\n".join(line for block in one.blocks for line in block.lines)


@pytest.mark.parametrize("edition", released(), ids=lambda edition: edition.name)
def test_every_edition_can_be_read(edition: Edition) -> None:
    assert "in force from" in told(edition).edition.lower()
    assert "{" not in words(told(edition))


def test_no_figure_is_written_down_in_the_words_themselves() -> None:
    numbers = "one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty"
    text = WORDING.read_text(encoding="utf-8")
    assert set(re.findall(r"\d+", text)) <= PHONES
    assert not re.search(rf"\b({numbers}) (working )?(day|hour|week|month|year)s?\b", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("table", "field", "shown"),
    [
        ("first_contact", "working_days", "speak to you within 97 working days"),
        ("assessment", "working_days", "Within 97 working days we decide how serious"),
        ("risk", "working_days", "how safe you are within 97 working days"),
        ("second_look", "working_days", "answer within 97 working days"),
        ("serious_appointment", "working_days", "meet you within 97 working days"),
        ("police_advice", "hours", "Within 97 hours we tell you to ring the police"),
        ("partners", "working_days", "who can help, within 97 working days"),
        ("support", "hate_working_days", "within 97 working days we offer you somebody"),
        ("safety", "working_days", "Within 97 working days we look with you"),
        ("safety", "danger_hours", "we do so within 97 hours"),
        ("domestic_abuse", "hours", "Within 97 hours we offer you special help"),
        ("regular_contact", "ordinary_working_days", "at least every 97 working days"),
        ("regular_contact", "serious_working_days", "in a serious case every 97 working days"),
        ("regular_contact", "longest_working_days", "never longer than 97 working days"),
        ("review", "ordinary_working_days", "looks at the case every 97 working days"),
        ("review", "serious_working_days", "in a serious case every 97 working days"),
        ("matters", "diary_read", "reads it within 97 working days"),
        ("matters", "evidence", "send us within 97 working days"),
        ("reopening", "within_days", "again within 97 days"),
        ("persistent_harm", "reports", "After 97 reports"),
        ("persistent_harm", "within_days", "in 97 days we look again"),
        ("estate_inspections", "every_working_days", "estates every 97 working days"),
        ("policy_review", "years", "policy every 97 years"),
    ],
)
def test_each_figure_is_the_editions(table: str, field: str, shown: str) -> None:
    changed = getattr(EDITION, table).model_copy(update={field: 97})
    other = EDITION.model_copy(update={table: changed})
    assert shown not in words(told())
    assert shown in words(told(other))


def test_how_long_a_case_is_kept_is_the_editions() -> None:
    periods = [one.model_copy(update={"months": 7}) for one in EDITION.retention.periods]
    retention = EDITION.retention.model_copy(update={"periods": tuple(periods)})
    assert "keep it for 7 months" in words(told(EDITION.model_copy(update={"retention": retention})))
    assert len(_figures(EDITION)) == 23 + 1


def test_lists_are_the_policys_own() -> None:
    text = words(told())
    assert _EXCLUSIONS.keys() == set(Exclusion)
    assert _STRANDS.keys() == set(Strand)
    for one in EDITION.categories:
        assert one.name in text


def test_what_the_law_no_longer_allows_is_not_named() -> None:
    steps = [one.model_copy(update={"until": DAY}) for one in EDITION.legal.steps if one.key == "demotion"]
    rest = [one for one in EDITION.legal.steps if one.key != "demotion"]
    edition = EDITION.model_copy(update={"legal": EDITION.legal.model_copy(update={"steps": (*rest, *steps)})})
    assert "Demotion of the tenancy" in words(told(edition))
    assert "Demotion of the tenancy" not in words(told(edition, DAY + timedelta(days=1)))


def test_it_is_accessible_and_the_same_bytes_each_time() -> None:
    pdf = statement_pdf(told(), DEMO_LANDLORD)
    assert pdf == statement_pdf(told(), DEMO_LANDLORD)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == told().title
        with document.open_outline() as outline:
            assert "Hate" in [child.title for item in outline.root for child in item.children]
    assert "Youdonothavetoproveit" in text_of(pdf)


@pytest.mark.parametrize(
    "one",
    [told(), accessibility(EDITION, DEMO_LANDLORD), privacy(EDITION, DEMO_LANDLORD, OURS)],
    ids=lambda one: one.tab,
)
def test_a_thirteen_year_old_can_read_it(one: Statement) -> None:
    assert reading_grade(words(one)) < 7


@pytest.mark.parametrize("make", [accessibility, lambda edition, house: privacy(edition, house, OURS)])
def test_what_stands_beside_the_policy_names_the_landlord_and_a_neutral_tab(
    make: Callable[[Edition, Letterhead], Statement],
) -> None:
    one = make(EDITION, replace(DEMO_LANDLORD, name="Invented Homes", email="ask@invented.example"))
    assert "Invented Homes" in words(one)
    assert "ask@invented.example" in words(one)
    assert not {"hate", "behaviour", "policy"} & set(one.tab.lower().split())


def test_how_long_each_record_is_kept_is_the_editions() -> None:
    periods = [one.model_copy(update={"months": 7}) for one in EDITION.retention.periods]
    retention = EDITION.retention.model_copy(update={"periods": tuple(periods)})
    text = words(privacy(EDITION.model_copy(update={"retention": retention}), DEMO_LANDLORD, OURS))
    assert text.count("for 7 months") == 9
    assert "{" not in text
    assert "year" not in text


def test_it_says_which_lawful_basis_it_is_whom_to_ask_and_who_may_be_told() -> None:
    ours = words(privacy(EDITION, DEMO_LANDLORD, OURS))
    public = words(privacy(EDITION, DEMO_LANDLORD, replace(OURS, is_public=True)))
    assert ("6(1)(f)" in ours, "6(1)(e)" in ours) == (True, False)
    assert ("6(1)(f)" in public, "6(1)(e)" in public) == (False, True)
    assert "which of these it is" not in ours
    assert "Mo Example, 01632 960 009" in ours
    for agency in EDITION.agencies:
        assert f"\n\n{agency.name}\n\n" in ours


def test_each_warning_and_each_step_in_court_is_explained() -> None:
    text = words(told())
    steps = [one for one in EDITION.legal.steps if one.kind in {"warning", "notice", "remedy"}]
    for step in steps:
        assert re.search(rf"\n\n{re.escape(step.name)}\. [A-Z][^.]+\.", text), step.name
    assert len(steps) > 5


@pytest.mark.parametrize("line", ["possession", "possession:", "possession:  ", ""])
def test_a_step_that_is_not_explained_is_refused_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    there = tmp_path / "published"
    shutil.copytree(FOLDER / "published", there)
    kept = [one for one in (there / "steps.txt").read_text().splitlines() if not one.startswith("possession:")]
    monkeypatch.setattr("letters.statement.FOLDER", tmp_path)
    shutil.copytree(FOLDER / "shared", tmp_path / "shared")
    _by_key.cache_clear()
    (there / "steps.txt").write_text("\n".join([*kept, *([line] if line else [])]))
    with pytest.raises(WordingFaulty, match=r"steps\.txt"):
        check_published()
    _by_key.cache_clear()


def test_a_value_of_letters_is_refused_here(tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    path.write_text(WORDING.read_text(encoding="utf-8") + "\nDear {name}\n", encoding="utf-8")
    with pytest.raises(WordingFaulty, match=r"policy\.txt, line \d+: \{name\} is not known here"):
        read_wording(path, FIELDS, shared=FOLDER / "shared")
