"""What the guide of a cluster tells to do is what its manifests need."""

import re
import shlex
from typing import Any, Final

import pytest
import yaml

from runtime.settings import Settings
from tests.architecture.manifests import (
    FOLDER,
    ROOT,
    Document,
    container_of,
    deployments,
    documents,
    fewest_and_most,
    of_kind,
    secrets_of,
    set_for_all,
    set_on,
)
from tests.keys import keys

GUIDE = (ROOT / "docs/kubernetes.md").read_text()
COMPONENT: Final = "app.kubernetes.io/component"
IN_COMPOSE: Final = {
    "api": "api",
    "worker-cases": "worker",
    "worker-letters": "background",
    "worker-rest": "background",
    "relay": "relay",
    "migrate": "migrate",
}


def processes() -> dict[str, Document]:
    return {one["metadata"]["name"]: one for one in of_kind("Deployment", "Job")}


def secrets_made() -> dict[str, dict[str, str]]:
    """By the commands of the guide, with something in place of what whoever runs them fills in."""
    commands = re.findall(r"^kubectl .* create secret generic .*$", GUIDE.replace("\\\n", " "), re.MULTILINE)
    made: dict[str, dict[str, str]] = {}
    for command in commands:
        words = shlex.split(command)
        pairs = [one.removeprefix("--from-literal=").split("=", 1) for one in words if "--from-literal=" in one]
        made[words[words.index("generic") + 1]] = {key: _filled(key, said) for key, said in pairs}
    return made


def _filled(name: str, said: str) -> str:
    if name == "CASEWORK_ENCRYPTION_KEYS":
        return keys(set_for_all()["CASEWORK_ENCRYPTION_KEY"])
    return said if name.endswith("_URL") else f"a-secret-of-32-characters-or-more-{name}"


def given(process: Document) -> dict[str, str]:
    secrets = secrets_made()
    found = dict(set_for_all())
    for name in secrets_of(process):
        found |= secrets[name]
    return found | set_on(process)


@pytest.mark.parametrize("name", IN_COMPOSE)
def test_each_process_starts_with_what_it_is_given(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    for setting, value in given(processes()[name]).items():
        monkeypatch.setenv(setting, value)
    Settings()


@pytest.mark.parametrize("name", IN_COMPOSE)
def test_each_process_is_given_what_compose_insists_on_for_it(name: str) -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    needed = {key for key, value in services[IN_COMPOSE[name]]["environment"].items() if ":?" in str(value)}
    assert needed - given(processes()[name]).keys() == set()


def test_each_process_has_a_role_of_its_own_at_the_database() -> None:
    roles = {"api": "casework_app", "migrate": "casework_app"}
    for name, process in processes().items():
        has = given(process)
        assert f"//{roles.get(name, 'casework_worker')}:" in has["CASEWORK_DATABASE_URL"], name
        assert ("CASEWORK_MIGRATION_DATABASE_URL" in has) == (name == "migrate"), name


def test_the_guide_makes_each_secret_that_is_asked_for_and_no_other() -> None:
    asked = {secret for process in processes().values() for secret in secrets_of(process)}
    assert secrets_made().keys() == asked


def test_what_is_applied_step_by_step_is_all_of_it_and_each_once() -> None:
    """Tables first, and the API last."""
    steps = [_chosen(selector) for selector in re.findall(r"^apply '(.+)'$", GUIDE, re.MULTILINE)]
    assert [named for step in steps for named in sorted({_component(one) for one in step})] == [
        "",
        "migrate",
        "worker-cases",
        "worker-letters",
        "worker-rest",
        "relay",
        "api",
    ]
    assert sorted(str(one) for step in steps for one in step) == sorted(str(one) for one in documents())
    waited_for = " ".join(re.findall(r"^ready (.+)$", GUIDE, re.MULTILINE)).split()
    assert sorted(waited_for) == sorted(deployments())


def _component(one: Document) -> str:
    return str(one["metadata"].get("labels", {}).get(COMPONENT, ""))


def _chosen(selector: str) -> list[Document]:
    """Of the three forms of selector that the guide has."""
    if selector == f"!{COMPONENT}":
        return [one for one in documents() if not _component(one)]
    names = selector.removeprefix(COMPONENT).removeprefix("=").removeprefix(" in ").strip("()").split(",")
    return [one for one in documents() if _component(one) in names]


def test_each_object_that_is_about_a_process_is_named_and_labelled_like_it() -> None:
    for one in documents():
        assert _component(one) in {"", one["metadata"]["name"]}
    for process in processes().values():
        assert process["spec"]["template"]["metadata"]["labels"][COMPONENT] == _component(process)


def test_the_guide_counts_pods_and_connections_as_they_are() -> None:
    """Each deployment is at its largest, and being replaced."""
    each = Settings.model_fields["database_connections"].default
    pods = connections = 0
    for deployment in deployments().values():
        at_most = fewest_and_most(deployment)[1] + deployment["spec"]["strategy"]["rollingUpdate"]["maxSurge"]
        pods += at_most
        connections += at_most * (each + 1 + (container_of(deployment)["args"][0] == "api"))
    assert f"at the most {pods} pods, so {connections} connections" in GUIDE


def test_prometheus_asks_each_process_under_the_name_that_alerts_know() -> None:
    here = yaml.safe_load((FOLDER / "prometheus.yml").read_text())["scrape_configs"]
    there = yaml.safe_load((ROOT / "ops/prometheus/prometheus.yml").read_text())["scrape_configs"]
    assert [job["job_name"] for job in here] == [job["job_name"] for job in there]
    asked = {name: [job["job_name"] for job in here if _kept(job, one)] for name, one in deployments().items()}
    assert asked == {
        name: [f"casework-{'worker' if name.startswith('worker-') else name}"] for name in deployments()
    }
    assert [job["job_name"] for job in here if "authorization" in job] == ["casework-api"]


def _kept(job: Document, deployment: Document) -> bool:
    """Whether this job asks the pods of that deployment."""
    (port,) = container_of(deployment)["ports"]
    known = {"__meta_kubernetes_pod_container_port_name": port["name"]} | {
        "__meta_kubernetes_pod_label_" + re.sub(r"\W", "_", name): value
        for name, value in deployment["spec"]["template"]["metadata"]["labels"].items()
    }
    keeps = [one for one in job["relabel_configs"] if one.get("action") == "keep"]
    assert keeps
    return all(
        re.fullmatch(keep["regex"], ";".join(known.get(label, "") for label in keep["source_labels"]))
        for keep in keeps
    )
