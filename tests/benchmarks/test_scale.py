"""What is said of sizes is what the arithmetic says."""

from pathlib import Path

from benchmarks.scale import sizes


def test_the_table_of_sizes_is_as_reckoned(repository: Path) -> None:
    assert sizes() in (repository / "docs/scale.md").read_text(), "run `python -m benchmarks.scale`"
