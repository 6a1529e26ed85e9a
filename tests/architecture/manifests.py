"""The manifests of a cluster, read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "ops/kubernetes"
NOT_APPLIED = {"kustomization.yaml", "prometheus-adapter-rules.yaml"}
Document = dict[str, Any]


def documents() -> Iterator[Document]:
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.name not in NOT_APPLIED:
            yield from yaml.safe_load_all(path.read_text())


def of_kind(*kinds: str) -> list[Document]:
    return [one for one in documents() if one["kind"] in kinds]


def deployments() -> dict[str, Document]:
    return {one["metadata"]["name"]: one for one in of_kind("Deployment")}


def pod(of: Document) -> Document:
    spec: Document = of["spec"]["template"]["spec"]
    return spec


def container_of(of: Document) -> Document:
    (container,) = pod(of)["containers"]
    found: Document = container
    return found


def named(of: Document) -> str:
    return f"{of['kind']} {of['metadata']['name']}"


def set_on(of: Document) -> dict[str, str]:
    """What its container itself is given, beside what is the same for all."""
    return {one["name"]: one["value"] for one in container_of(of).get("env", ())}


def set_for_all() -> dict[str, str]:
    (config,) = of_kind("ConfigMap")
    found: dict[str, str] = config["data"]
    return found


def secrets_of(of: Document) -> list[str]:
    return [one["secretRef"]["name"] for one in container_of(of)["envFrom"] if "secretRef" in one]


def fewest_and_most(deployment: Document) -> tuple[int, int]:
    """Pods of it, while none is being replaced."""
    for scaler in of_kind("HorizontalPodAutoscaler"):
        if scaler["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]:
            return scaler["spec"]["minReplicas"], scaler["spec"]["maxReplicas"]
    return deployment["spec"]["replicas"], deployment["spec"]["replicas"]
