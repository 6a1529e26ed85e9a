"""The manifests say what a cluster may rely on; none of these checks needs a cluster."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from runtime.settings import Settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "ops/kubernetes"
VERSION = "1.31"
"""Of Kubernetes: the oldest that has all that is asked for (a `preStop` that sleeps is of 1.30)."""
NOT_APPLIED = {"kustomization.yaml", "prometheus-adapter-rules.yaml"}
OUTSIDE = {"secret": {"casework-api", "casework-worker", "casework-migrate"}, "configMap": {"casework"}}
Document = dict[str, Any]


def documents() -> Iterator[Document]:
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.name not in NOT_APPLIED:
            yield from yaml.safe_load_all(path.read_text())


def of_kind(*kinds: str) -> list[Document]:
    return [one for one in documents() if one["kind"] in kinds]


def pod(of: Document) -> Document:
    spec: Document = of["spec"]["template"]["spec"]
    return spec


def named(of: Document) -> str:
    return f"{of['kind']} {of['metadata']['name']}"


def kustomized() -> Document:
    found: Document = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
    return found


@pytest.mark.parametrize("document", list(documents()), ids=named)
def test_it_is_what_kubernetes_takes(document: Document) -> None:
    kubernetes_validate.validate(document, VERSION, strict=True)


def test_every_file_is_applied() -> None:
    assert sorted(kustomized()["resources"]) == sorted(
        path.name for path in FOLDER.glob("*.yaml") if path.name not in NOT_APPLIED
    )


def test_the_image_carries_the_project_s_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert kustomized()["images"] == [{"name": "casework", "newName": "casework", "newTag": version}]


@pytest.mark.parametrize("document", of_kind("Deployment", "Job"), ids=named)
def test_nothing_runs_as_root_gains_rights_or_writes_to_its_image(document: Document) -> None:
    user = re.search(r"^USER (\d+):(\d+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert user
    spec = pod(document)
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": int(user[1]),
        "runAsGroup": int(user[2]),
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    for container in spec["containers"]:
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert container["resources"]["limits"]["memory"]


@pytest.mark.parametrize("document", of_kind("Deployment"), ids=named)
def test_each_is_started_patiently_restarted_when_dead_and_asked_only_when_ready(document: Document) -> None:
    (container,) = pod(document)["containers"]
    (port,) = container["ports"]
    paths = {"startupProbe": "live", "livenessProbe": "live", "readinessProbe": "ready"}
    for probe, state in paths.items():
        assert container[probe]["httpGet"] == {"path": f"/health/{state}", "port": port["name"]}
    assert document["spec"]["strategy"] == {"rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}


def test_a_worker_has_longer_to_end_than_it_takes_to_finish_what_it_holds() -> None:
    for document in of_kind("Deployment"):
        (container,) = pod(document)["containers"]
        if container["args"][0] == "worker":
            graceful = {one["name"]: one["value"] for one in container["env"]}
            seconds = int(graceful["CASEWORK_GRACEFUL_SHUTDOWN_SECONDS"])
            assert pod(document)["terminationGracePeriodSeconds"] > seconds


def test_what_a_disruption_or_an_autoscaler_is_about_exists() -> None:
    deployments = {one["metadata"]["name"]: one for one in of_kind("Deployment")}
    for budget in of_kind("PodDisruptionBudget"):
        deployment = deployments[budget["metadata"]["name"]]
        assert budget["spec"]["selector"] == deployment["spec"]["selector"]
        assert deployment["spec"]["replicas"] > 1
    for scaler in of_kind("HorizontalPodAutoscaler"):
        assert scaler["spec"]["scaleTargetRef"]["name"] in deployments
        assert scaler["spec"]["minReplicas"] == deployments[scaler["metadata"]["name"]]["spec"]["replicas"]
    for deployment in deployments.values():
        labels = deployment["spec"]["template"]["metadata"]["labels"]
        assert deployment["spec"]["selector"]["matchLabels"] == labels


def test_each_metric_that_an_autoscaler_asks_for_is_made() -> None:
    rules = yaml.safe_load((FOLDER / "prometheus-adapter-rules.yaml").read_text())["rules"]["external"]
    asked = {
        metric["external"]["metric"]["name"]
        for scaler in of_kind("HorizontalPodAutoscaler")
        for metric in scaler["spec"]["metrics"]
        if metric["type"] == "External"
    }
    assert asked == {rule["name"]["as"] for rule in rules}


def settings_given() -> set[str]:
    (config,) = of_kind("ConfigMap")
    env = {
        one["name"]
        for document in of_kind("Deployment", "Job")
        for container in pod(document)["containers"]
        for one in container.get("env", ())
    }
    return set(config["data"]) | env


def test_every_setting_is_one_that_casework_knows() -> None:
    known = {f"CASEWORK_{name.upper()}" for name in Settings.model_fields}
    assert settings_given() - known == set()


def test_no_secret_stands_in_a_file() -> None:
    assert of_kind("Secret") == []
    secret = re.compile("PASSWORD|SECRET|_KEYS$|DATABASE_URL")
    assert {name for name in settings_given() if secret.search(name)} == set()
    for document in of_kind("Deployment", "Job"):
        for container in pod(document)["containers"]:
            for source in container["envFrom"]:
                ((kind, reference),) = source.items()
                assert reference["name"] in OUTSIDE[kind.removesuffix("Ref")]


def test_the_guide_makes_each_secret_that_is_asked_for() -> None:
    guide = (ROOT / "docs/kubernetes.md").read_text()
    made = set(re.findall(r"create secret generic (\S+)", guide))
    assert made == OUTSIDE["secret"]


def test_what_compose_insists_on_is_given_here_too() -> None:
    """But what is a container's own matter there, and what is in a secret."""
    required = set(re.findall(r"\$\{(CASEWORK_\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    guide = (ROOT / "docs/kubernetes.md").read_text()
    roles = {"CASEWORK_OWNER_PASSWORD", "CASEWORK_APP_PASSWORD", "CASEWORK_WORKER_PASSWORD"}
    missing = required - settings_given() - set(re.findall(r"CASEWORK_\w+", guide)) - roles
    assert missing == set()
