"""The data protection papers say what the code keeps: a table or column that nobody classified is noticed here."""

from collections import Counter
from pathlib import Path

from ops.papers.make import PAPERS, classification, papers, tables
from policy.editions import released

MAY_HOLD_ANYTHING = {
    "cases": {"file", "opening"},
    "letters": {"pdf", "body"},
    "reports": {"entry"},
    "timeline_content": {"content"},
}


def classified() -> dict[str, list[str]]:
    known = classification()["tables"]
    return {name: [each for columns in one["columns"].values() for each in columns] for name, one in known.items()}


def test_every_column_of_every_table_has_one_category() -> None:
    ours = classified()
    assert ours.keys() == tables().keys()
    for name, columns in tables().items():
        assert set(columns) - set(ours[name]) == set(), f"{name} has columns that nobody classified"
        assert set(ours[name]) - set(columns) == set(), f"{name} has lost columns"
        assert max(Counter(ours[name]).values()) == 1, f"a column of {name} has two categories"


def test_every_category_is_explained_and_used() -> None:
    known = classification()
    used = {category for one in known["tables"].values() for category in one["columns"]}
    assert used == known["categories"].keys()
    for table in known["tables"].values():
        assert table["keeps"]
        assert table["about"]


def test_whole_records_and_free_words_are_known_to_hold_anything() -> None:
    known = classification()
    everything = known["categories"]["everything"]
    assert everything["special"]
    assert everything["criminal"]
    for table, columns in MAY_HOLD_ANYTHING.items():
        assert columns <= set(known["tables"][table]["columns"]["everything"]), table
    words = {"words", "ended_words", "result_words"}
    for name, one in known["tables"].items():
        for category, columns in one["columns"].items():
            assert not words & set(columns) or category in {"everything", "search"}, name


def test_the_committed_papers_are_what_the_code_makes() -> None:
    assert {path.name: path.read_text() for path in PAPERS.iterdir()} == papers(), "run `make papers`"


def test_the_record_names_every_table_every_agency_and_what_the_law_asks_for(repository: Path) -> None:
    record = (repository / "docs/data-protection/record-of-processing.md").read_text()
    for name in tables():
        assert f"| `{name}` |" in record
    for agency in released()[-1].agencies:
        assert f"| {agency.name} |" in record
    for letter in "abcdefg":
        assert f"art. 30(1)({letter})" in record
    for named in ("art. 9(1)", "s. 11(2)", "Sch. 1", "our reading"):
        assert named in record


def test_the_assessment_has_the_seven_steps_and_leaves_to_the_landlord_what_is_theirs(repository: Path) -> None:
    started = (repository / "docs/data-protection/dpia-starter.md").read_text()
    chapters = started.split("\n## ")[1:]
    assert [chapter[0] for chapter in chapters] == list("1234567")
    assert all("▢" in chapter for chapter in chapters)
