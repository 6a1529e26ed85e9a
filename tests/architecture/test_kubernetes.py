"""The manifests say what a cluster may rely on; none of these checks needs a cluster."""

import re
import tomllib

import kubernetes_validate
import pytest
import yaml

from runtime.settings import Settings
from tests.architecture.manifests import (
    FOLDER,
    NOT_APPLIED,
    ROOT,
    Document,
    container_of,
    deployments,
    documents,
    fewest_and_most,
    named,
    of_kind,
    pod,
    set_for_all,
    set_on,
)

VERSION = "1.31"
"""Of Kubernetes: the oldest that has all that is asked for (a `preStop` that sleeps is of 1.30)."""


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
    container = container_of(document)
    (port,) = container["ports"]
    paths = {"startupProbe": "live", "livenessProbe": "live", "readinessProbe": "ready"}
    for probe, state in paths.items():
        assert container[probe]["httpGet"] == {"path": f"/health/{state}", "port": port["name"]}
    assert document["spec"]["strategy"] == {"rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}


def test_a_worker_has_longer_to_end_than_it_takes_to_finish_what_it_holds() -> None:
    for document in of_kind("Deployment"):
        if container_of(document)["args"][0] == "worker":
            seconds = int(set_on(document)["CASEWORK_GRACEFUL_SHUTDOWN_SECONDS"])
            assert pod(document)["terminationGracePeriodSeconds"] > seconds


def test_what_a_disruption_or_an_autoscaler_is_about_exists() -> None:
    all_of_them = deployments()
    for budget in of_kind("PodDisruptionBudget"):
        deployment = all_of_them[budget["metadata"]["name"]]
        assert budget["spec"]["selector"] == deployment["spec"]["selector"]
        assert fewest_and_most(deployment)[0] > budget["spec"]["maxUnavailable"]
    for deployment in all_of_them.values():
        labels = deployment["spec"]["template"]["metadata"]["labels"]
        assert deployment["spec"]["selector"]["matchLabels"] == labels


def test_how_many_there_are_is_said_once() -> None:
    """What an autoscaler has raised would be put back by whoever applies the manifests again."""
    scaled = {one["spec"]["scaleTargetRef"]["name"] for one in of_kind("HorizontalPodAutoscaler")}
    assert scaled == {name for name, one in deployments().items() if "replicas" not in one["spec"]}


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
    return set(set_for_all()).union(*map(set_on, of_kind("Deployment", "Job")))


def test_every_setting_is_one_that_casework_knows() -> None:
    known = {f"CASEWORK_{name.upper()}" for name in Settings.model_fields}
    assert settings_given() - known == set()


def test_no_secret_stands_in_a_file() -> None:
    assert of_kind("Secret") == []
    secret = re.compile("PASSWORD|SECRET|_KEYS$|DATABASE_URL")
    assert {name for name in settings_given() if secret.search(name)} == set()


def test_whatever_is_asked_for_inside_the_cluster_is_asked_in_another_namespace() -> None:
    """Here nobody is reached but who network.yaml names."""
    asked = re.findall(r"\b[a-z-]+\.([a-z-]+)\.svc\b", " ".join(set_for_all().values()))
    assert asked == ["temporal", "clamav"]
    assert kustomized()["namespace"] not in asked
