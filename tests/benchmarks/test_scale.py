"""What is said of sizes is what the arithmetic says."""

from pathlib import Path

from benchmarks.scale import costs, sizes


def test_the_tables_of_sizes_and_money_are_as_reckoned(repository: Path) -> None:
    told = (repository / "docs/scale.md").read_text()
    for table in (sizes(), costs()):
        assert table in told, "run `python -m benchmarks.scale`"
