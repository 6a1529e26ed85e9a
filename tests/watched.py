"""The numbers by which dashboards and alerts are reckoned, and what may be counted before anything has failed."""

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

_NUMBER: Final = re.compile(r"\b(?:casework|temporal)_[a-z0-9_]+\b")
_LABELS: Final = re.compile(r"\{[^}]*\}")
_SELECTED: Final = re.compile(r"\b([a-z][a-z0-9_]*)\{([^}]*)\}")
_SORTED: Final = re.compile(r"\bby \(([^)]*)\)")
_MATCHER: Final = re.compile(r'(\w+)(=~|!~|!=|=)"([^"]*)"')
_SAMPLE: Final = re.compile(r"^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? \S+$", re.MULTILINE)
_TOLD: Final = re.compile(r"^(?:# TYPE )?([a-z_:][a-z0-9_:]*)", re.MULTILINE)


Labels = Mapping[str, set[str]]
"""By name, their values."""


class Selected(NamedTuple):
    """Of a number, what a label must be, or must not."""

    number: str
    label: str
    how: str
    value: str

    def is_one_of(self, known: Collection[str]) -> bool:
        """Whether anything that is known is meant."""
        if self.how.endswith("~"):
            return any(re.fullmatch(self.value, one) for one in known)
        return self.value in known


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


def selected_in(expression: str) -> list[Selected]:
    return [
        Selected(number, *matcher)
        for number, matchers in _SELECTED.findall(expression)
        for matcher in _MATCHER.findall(matchers)
    ]


def sorted_by(expression: str) -> set[str]:
    return {label.strip() for labels in _SORTED.findall(expression) for label in labels.split(",")}


def labels_in(metrics: str) -> dict[str, Labels]:
    """Of each number of which there is one; `job` and `instance` are Prometheus's own."""
    found: dict[str, dict[str, set[str]]] = {}
    for number, labels in _SAMPLE.findall(metrics):
        of_it = found.setdefault(number, {"job": set(), "instance": set()})
        for label, _, value in _MATCHER.findall(labels):
            of_it.setdefault(label, set()).add(value)
    return found


def told_in(metrics: str) -> set[str]:
    """The numbers that an answer to Prometheus has, also those of which there is none yet."""
    return set(_TOLD.findall(metrics))
