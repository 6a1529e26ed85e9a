"""What the guides for operating tell to type and to rely on is so in the container files."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from tests.architecture.manifests import ROOT, container_of, deployments, set_on
from workers.worker import WORKFLOW_THREADS

SERVICES: Final[dict[str, dict[str, Any]]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
OF_ONE: Final = {"run", "exec"}
OF_MANY: Final = {"up", "logs", "stop", "restart", "ps"}
WITH_A_VALUE: Final = {"--scale", "--entrypoint"}
BYTES: Final = {"M": 2**20, "G": 2**30, "Mi": 2**20, "Gi": 2**30}


def guides() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def compose_commands() -> Iterator[list[str]]:
    """The words after `docker compose`, of code in a line and of code that stands by itself."""
    for guide in guides():
        said = guide.read_text()
        inline = re.findall(r"`docker compose ([^`]+)`", said)
        alone = re.findall(r"^ *docker compose ([^|#\n]+)", said, re.MULTILINE)
        yield from (shlex.split(one) for one in [*inline, *alone])


def services_in(command: list[str]) -> list[str]:
    verb, *words = command
    assert verb in OF_ONE | OF_MANY, command
    named: list[str] = []
    while words and not (named and verb in OF_ONE):
        word = words.pop(0)
        if word in WITH_A_VALUE:
            value = words.pop(0)
            named += [value.split("=")[0]] if word == "--scale" else []
        elif not word.startswith("-"):
            named.append(word)
    return named


def test_each_command_is_about_services_that_there_are() -> None:
    commands = list(compose_commands())
    assert len(commands) > 20
    assert [one for one in commands if not set(services_in(one)) <= SERVICES.keys()] == []


def test_migrations_run_where_the_owning_role_s_password_is() -> None:
    migrating = [one for one in compose_commands() if "migrate" in one]
    assert migrating
    assert [one for one in migrating if services_in(one) != ["migrate"]] == []


def test_prometheus_asks_each_service_of_ours_that_goes_on() -> None:
    jobs = yaml.safe_load((ROOT / "ops/prometheus/prometheus.yml").read_text())["scrape_configs"]
    names = [name for job in jobs for found in job.get("dns_sd_configs", ()) for name in found["names"]]
    addresses = [one for job in jobs for found in job.get("static_configs", ()) for one in found["targets"]]
    ours = {name for name, one in SERVICES.items() if "CASEWORK_DATABASE_URL" in one.get("environment", {})}
    assert sorted([*names, *(one.split(":")[0] for one in addresses)]) == sorted(ours - {"migrate"})


def serving_cases() -> Iterator[tuple[int, str]]:
    """How many cases each such worker keeps in memory, and how much of it there is."""
    for one in SERVICES.values():
        if one.get("command", [""])[0] == "worker" and _serves_cases(one["command"]):
            kept = re.fullmatch(r"\$\{\w+:-(\d+)\}", one["environment"]["CASEWORK_MAX_CACHED_CASES"])
            assert kept
            yield int(kept[1]), one["deploy"]["resources"]["limits"]["memory"]
    for deployment in deployments().values():
        container = container_of(deployment)
        if container["args"][0] == "worker" and _serves_cases(container["args"]):
            yield int(set_on(deployment)["CASEWORK_MAX_CACHED_CASES"]), container["resources"]["limits"]["memory"]


def _serves_cases(command: list[str]) -> bool:
    return "--only" not in command or "cases" in command[command.index("--only") + 1].split(",")


def test_a_worker_keeps_no_more_cases_than_its_memory_has_room_for() -> None:
    said = (ROOT / "docs/workers.md").read_text()
    a_case = re.search(r"A case in the cache costs about (\d+) kB", said)
    beside = re.search(r"give the container (\d+) MB and the cache", said)
    assert a_case
    assert beside
    workers = list(serving_cases())
    assert len(workers) == 2
    for cases, memory in workers:
        number, unit = re.fullmatch(r"(\d+)(\w+)", memory).groups()  # type: ignore[union-attr] # always says both
        assert int(beside[1]) * 10**6 + cases * int(a_case[1]) * 10**3 <= int(number) * BYTES[unit]


def test_a_worker_may_have_all_its_threads() -> None:
    """At its limit not even its health check starts. Beside those for workflow code some 55 were seen."""
    for one in SERVICES.values():
        if one.get("command", [""])[0] == "worker":
            assert one["deploy"]["resources"]["limits"]["pids"] > WORKFLOW_THREADS + 200
