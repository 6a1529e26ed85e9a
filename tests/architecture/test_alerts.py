"""Each alert says what to do, in the runbook and nowhere else."""

import re
from datetime import date, timedelta
from pathlib import Path

import yaml

from policy.reports.kinds import KINDS, ReportKind
from tests.watched import alerts, expressions, numbers_in, selected_in
from workers.schedules import REPORTS_AT, planned
from workflows.scheduled_report import SCHEDULED
from workflows.work import Work, queue_of


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


def _selected(repository: Path, alert: str, how: str = "=") -> list[str]:
    (rule,) = (one for one in alerts(repository) if one["alert"] == alert)
    return [one.value for one in selected_in(rule["expr"]) if one.how == how]


def test_each_job_is_missed_also_where_nobody_says_that_it_is_away(repository: Path) -> None:
    asked = yaml.safe_load((repository / "ops/prometheus/prometheus.yml").read_text())
    jobs = [one["job_name"] for one in asked["scrape_configs"]]
    assert _selected(repository, "CaseworkNotSeen") == jobs
    assert [one for one in jobs if not one.startswith("casework-")] == []


def test_each_kind_of_work_is_missed(repository: Path) -> None:
    """Who takes workflow tasks takes cases; a worker that rests is there, and looks for none."""
    (rule,) = (one for one in alerts(repository) if one["alert"] == "CaseworkWorkNotTaken")
    assert 'absent(temporal_num_pollers{poller_type="workflow_task"} > 0)' in rule["expr"]
    queues = _selected(repository, "CaseworkWorkNotTaken", "=~")
    assert _selected(repository, "CaseworkWorkNotTaken") == ["workflow_task"]
    beside = [queue_of(work, "ours") for work in Work if work is not Work.CASES]
    assert [[queue for queue in beside if re.fullmatch(one, queue)] for one in queues] == [[one] for one in beside]


def test_a_kind_of_work_is_missed_where_all_who_ask_for_it_hear_nothing(repository: Path) -> None:
    (rule,) = (one for one in alerts(repository) if one["alert"] == "CaseworkWorkNotTaken")
    assert "or min by (work) (casework_polls_unanswered) > 0" in rule["expr"]


def test_whatever_the_clock_starts_each_day_is_missed(repository: Path) -> None:
    daily = [one.name for one in planned() if not one.months]
    (left_out,) = _selected(repository, "CaseworkNightNotDone", "!~")
    assert _selected(repository, "CaseworkNightNotDone") == [one for one in daily if not one.startswith(SCHEDULED)]
    assert [one.name for one in planned() if re.fullmatch(left_out, one.name)] == [
        one.name for one in planned() if one.months or one.name.startswith(SCHEDULED)
    ]


def test_each_report_of_the_clock_is_missed_soon_after_the_longest_time_of_its_kind(repository: Path) -> None:
    (rule,) = (one for one in alerts(repository) if one["alert"] == "CaseworkReportNotMade")
    patience = {kind: int(seconds) for kind, seconds in re.findall(r'kind="([\w-]+)"}\) > (\d+)', rule["expr"])}
    assert {SCHEDULED + kind for kind in patience} == {
        one.name for one in planned() if one.name.startswith(SCHEDULED)
    }
    for kind, seconds in patience.items():
        days = (date(2024, 1, 1) + timedelta(days=n) for n in range(4 * 366))
        covered = (KINDS[ReportKind(kind)].covers(day) for day in days)
        longest = timedelta(days=max((one.last - one.first).days + 1 for one in covered))
        made_at = timedelta(hours=REPORTS_AT.hour + 1)  # an hour more where clocks are put back
        assert longest + made_at <= timedelta(seconds=seconds) <= longest + timedelta(days=1)
