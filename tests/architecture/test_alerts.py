"""Each alert says what to do, in the runbook and nowhere else."""

import re
from pathlib import Path

from tests.watched import alerts, expressions, numbers_in


def test_each_alert_has_its_line_in_the_runbook_and_each_line_its_alert(repository: Path) -> None:
    runbook = (repository / "docs/runbooks/alerts.md").read_text()
    lines = re.findall(r"^\| `(\w+)` \((\w+)\) \| (.+?) \| (.+?) \|$", runbook, re.MULTILINE)
    assert len(lines) == runbook.count("\n| `")
    assert [(name, severity) for name, severity, *_ in lines] == [
        (rule["alert"], rule["labels"]["severity"])
        for severity in ("page", "ticket")
        for rule in alerts(repository)
        if rule["labels"]["severity"] == severity
    ]


def test_what_is_shown_and_watched_is_reckoned_from_numbers(repository: Path) -> None:
    """`up` is Prometheus's own."""
    told = expressions(repository)
    assert len(told) > 30
    assert [one for one in told if not numbers_in(one) and not one.startswith("up{")] == []
