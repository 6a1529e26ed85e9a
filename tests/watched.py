"""The numbers by which dashboards and alerts are reckoned, and what may be counted before anything has failed."""

import json
import re
from pathlib import Path
from typing import Any, Final

import yaml

_NUMBER: Final = re.compile(r"\b(?:casework|temporal)_[a-z0-9_]+\b")
_LABELS: Final = re.compile(r"\{[^}]*\}")
_TOLD: Final = re.compile(r"^(?:# TYPE )?([a-z_:][a-z0-9_:]*)", re.MULTILINE)


def alerts(repository: Path) -> list[dict[str, Any]]:
    told = yaml.safe_load((repository / "ops/prometheus/alerts.yml").read_text())
    return [rule for group in told["groups"] for rule in group["rules"]]


def expressions(repository: Path) -> list[str]:
    """Of alerts and dashboards."""
    dashboards = [json.loads(file.read_text()) for file in (repository / "ops/grafana").glob("*.json")]
    panels = [panel for dashboard in dashboards for panel in dashboard["panels"]]
    shown = [target["expr"] for panel in panels for target in panel.get("targets", ())]
    return [*shown, *(rule["expr"] for rule in alerts(repository))]


def numbers_in(expression: str) -> set[str]:
    return set(_NUMBER.findall(_LABELS.sub("", expression)))


def told_in(metrics: str) -> set[str]:
    """The numbers that an answer to Prometheus has, also those of which there is none yet."""
    return set(_TOLD.findall(metrics))
