"""The Compose file has every kind of work done, and leaves cases to themselves."""

from pathlib import Path

import yaml

from workflows.work import Work

SERVICES = yaml.safe_load((Path(__file__).parents[2] / "docker-compose.yml").read_text())["services"]


def test_every_kind_of_work_is_done_by_somebody_and_cases_by_those_who_do_nothing_else() -> None:
    commands = [one["command"] for one in SERVICES.values() if one.get("command", [""])[0] == "worker"]
    kinds = [command[command.index("--only") + 1].split(",") for command in commands]
    assert [Work.CASES] in kinds
    assert sorted(kind for each in kinds for kind in each) == sorted(Work)


def test_two_workers_carry_cases_on() -> None:
    deploy = SERVICES["worker"]["deploy"]
    assert (deploy["mode"], deploy["replicas"]) == ("replicated", 2)
