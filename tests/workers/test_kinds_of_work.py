"""Who says which kinds of work a worker does, and whether all of them are done."""

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from cli.main import app
from runtime.settings import Settings
from workflows.work import Work, queue_of

ROOT = Path(__file__).parents[2]
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def test_every_kind_of_work_is_done_by_somebody_and_cases_by_those_who_do_nothing_else() -> None:
    commands = [one["command"] for one in SERVICES.values() if one.get("command", [""])[0] == "worker"]
    kinds = [command[command.index("--only") + 1].split(",") for command in commands]
    assert [Work.CASES] in kinds
    assert sorted(kind for each in kinds for kind in each) == sorted(Work)


def test_two_workers_carry_cases_on() -> None:
    deploy = SERVICES["worker"]["deploy"]
    assert (deploy["mode"], deploy["replicas"]) == ("replicated", 2)


def test_a_kind_of_work_that_there_is_not_stops_the_start_and_the_others_are_named() -> None:
    answer = CliRunner().invoke(app, ["worker", "--only", "cases,typing"])
    assert answer.exit_code == 2
    assert "typing" in answer.output
    assert all(kind in answer.output for kind in Work)


@pytest.mark.parametrize("side", ["Read", "Write"])
def test_the_queue_of_letters_has_one_part_so_that_serious_cases_are_first_in_all_of_it(side: str) -> None:
    config = yaml.safe_load((ROOT / "ops/temporal/dynamic-config.yaml").read_text())
    letters = queue_of(Work.LETTERS, Settings.model_fields["task_queue"].default)
    assert config[f"matching.numTaskqueue{side}Partitions"] == [
        {"value": 1, "constraints": {"taskQueueName": letters}}
    ]
