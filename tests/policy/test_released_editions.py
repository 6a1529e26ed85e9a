"""editions: dated data that never changes once released, and that says where it is wrong."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from policy import editions
from policy.editions import (
    EditionNotSane,
    EditionRef,
    EditionUnknown,
    from_toml,
    in_force_on,
    named,
    of,
    released,
    texts_of,
)
from policy.editions.table import Table
from policy.facts.ruling import ClosureDaysAdopted, EditionAdopted
from tests.given import EDITION, case_of, london, report
from tests.policy.happenings import owed, recorded

FOLDER = files("policy.editions")


def text_of(edition: str) -> str:
    return FOLDER.joinpath(f"{edition}.toml").read_text(encoding="utf-8")


BESIDE = texts_of(FOLDER, EDITION.name)[1:]


@pytest.fixture
def two_editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with edition 1 as released and a later one, in place of the product's own."""
    first = text_of(EDITION.name)
    second = first.replace("2015-03-23", "2024-04-01").replace("working_days = 5", "working_days = 3", 1)
    for name, text in ((EDITION.name, first), ("2024-04-01", second)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        (tmp_path / name).mkdir()
        for number, part in enumerate(BESIDE):
            (tmp_path / name / f"{number}.toml").write_text(part, encoding="utf-8")
    lock = "".join(f"{e.name} {e.sha256}\n" for e in (from_toml(text, *BESIDE) for text in (first, second)))
    (tmp_path / editions.LOCK).write_text(lock, encoding="utf-8")
    monkeypatch.setattr(editions, "files", lambda _package: tmp_path)
    released.cache_clear()
    named.cache_clear()
    yield tmp_path
    released.cache_clear()
    named.cache_clear()


def test_every_released_edition_is_in_the_lock_file_as_it_was_released() -> None:
    assert editions.locked() == {e.name: e.sha256 for e in released()}
    editions.refuse_changed_editions()


def test_an_edition_is_named_by_the_day_it_comes_into_force() -> None:
    for edition in released():
        assert edition.name == edition.in_force_from.isoformat()


def test_one_changed_byte_is_caught(two_editions: Path) -> None:
    editions.refuse_changed_editions()
    file = two_editions / f"{EDITION.name}.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("section 5", "section 6", 1), encoding="utf-8")
    released.cache_clear()
    with pytest.raises(EditionUnknown, match="never changes"):
        editions.refuse_changed_editions()


def test_an_edition_that_is_not_in_the_lock_file_is_caught(two_editions: Path) -> None:
    (two_editions / editions.LOCK).write_text("", encoding="utf-8")
    with pytest.raises(EditionUnknown):
        editions.refuse_changed_editions()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("working_days = 5", "working_dys = 5", "first_contact.working_dys"),
        ("working_days = 5", "working_days = 0", "first_contact.working_days"),
        ("working_days = 5", 'working_days = "soon"', "first_contact.working_days"),
        ("hours = 1", "hours = -1", "police_advice.hours"),
        ("[review]", "[reviews]", "reviews"),
        ('group = "personal"', 'group = "serious"', "categories.0.group"),
        ("closes = 17:00:00", "closes = 25:00:00", "line"),
        ('name = "2015-03-23"\n', "", "name"),
        ('key = "hate"', 'keys = "hate"', "categories.0.key"),
    ],
)
def test_a_wrong_edition_is_refused_with_its_place(old: str, new: str, place: str) -> None:
    text = text_of(EDITION.name)
    assert old in text
    with pytest.raises(EditionNotSane, match=place):
        from_toml(text.replace(old, new, 1), *BESIDE)


@pytest.mark.parametrize("line", ['never_for = ["hate", "violence"]', 'alleges_crime = ["violence"]'])
def test_an_edition_that_names_a_category_that_there_is_not_is_refused(line: str) -> None:
    assert any(line in text for text in BESIDE)
    misspelt = [text.replace(line, line.replace("violence", "violense")) for text in BESIDE]
    with pytest.raises(EditionNotSane, match="no categories: violense"):
        from_toml(text_of(EDITION.name), *misspelt)


def test_a_table_told_in_two_files_is_refused() -> None:
    with pytest.raises(EditionNotSane, match="told in two files: office"):
        from_toml(text_of(EDITION.name), *BESIDE, "[office]\ncloses = 18:00:00\nsource = 'our reading'\n")


def test_one_changed_byte_in_a_file_beside_is_caught(two_editions: Path) -> None:
    editions.refuse_changed_editions()
    file = two_editions / EDITION.name / "0.toml"
    file.write_text(f"{file.read_text(encoding='utf-8')}#", encoding="utf-8")
    released.cache_clear()
    with pytest.raises(EditionUnknown, match="never changes"):
        editions.refuse_changed_editions()


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(1999, 1, 1), "2015-03-23"),
        (date(2015, 3, 22), "2015-03-23"),
        (date(2015, 3, 23), "2015-03-23"),
        (date(2024, 3, 31), "2015-03-23"),
        (date(2024, 4, 1), "2024-04-01"),
        (date(2030, 1, 1), "2024-04-01"),
    ],
)
@pytest.mark.usefixtures("two_editions")
def test_a_case_runs_under_the_edition_in_force_on_the_day_of_its_report(day: date, name: str) -> None:
    assert in_force_on(day).name == name


def test_a_case_keeps_the_text_that_it_began_under() -> None:
    assert of(EDITION.ref) == EDITION
    with pytest.raises(EditionUnknown):
        of(EditionRef(name=EDITION.name, sha256="another"))
    with pytest.raises(EditionUnknown):
        of(EditionRef(name="1999-01-01", sha256=EDITION.sha256))


@pytest.mark.usefixtures("two_editions")
def test_an_open_case_goes_over_to_a_new_edition_only_by_a_recorded_decision() -> None:
    monday = london(2024, 6, 3)
    file = case_of(report(monday))
    assert owed(file)["first-contact"].due == london(2024, 6, 10, 17)
    file = recorded(file, EditionAdopted(at=monday, edition="2024-04-01", reasons="Sooner for her."))
    assert file.edition == named("2024-04-01").ref
    assert owed(file)["first-contact"].due == london(2024, 6, 6, 17)
    assert owed(file)["first-contact"].edition == "2024-04-01"


def test_a_newly_proclaimed_holiday_reaches_an_open_case_as_a_recorded_fact() -> None:
    monday = london(2023, 6, 5)
    file = case_of(report(monday))
    days = file.closure_days.days | {date(2023, 6, 7): "A day of rejoicing"}
    adopted = ClosureDaysAdopted(at=monday, days=days, known_until=file.closure_days.known_until, reasons="New.")
    deadline = owed(recorded(file, adopted))["first-contact"]
    assert deadline.due == london(2023, 6, 13, 17)
    assert "A day of rejoicing" in deadline.why


def test_every_number_of_an_edition_says_where_it_comes_from() -> None:
    tables = [value for _, value in EDITION if isinstance(value, Table)]
    assert len(tables) > 20
    lists = (*EDITION.closing_requirements, *EDITION.questionnaire, *EDITION.signposts)
    assert all(one.source.startswith(("section", "our reading")) for one in (*tables, *lists))
