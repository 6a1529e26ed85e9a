"""What a container holds, as CycloneDX: made from the lock alone, so the same lock makes the same file.
`python -m ops.sbom FILE`
"""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.markers import Marker

from ops.locked import Package, packages

ROOT: Final = Path(__file__).parents[1]
LOCK: Final = ROOT / "container.lock"
PYTHON: Final = "3.12"
"""A container's."""
_IN_A_CONTAINER: Final = {
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.0",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
}


def bill(lock: Path = LOCK) -> str:
    """One component for each package that a container gets, with the digests of every file that may have been
    installed for it; the product needs them all, directly or not.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    product = Component(
        name=project["name"], version=project["version"], type=ComponentType.APPLICATION, bom_ref=project["name"]
    )
    parts = [_component(one) for one in packages(lock) if _in_a_container(one)]
    made = Bom(components=parts, serial_number=uuid5(NAMESPACE_URL, lock.read_text()))
    made.metadata.component = product
    made.register_dependency(product, parts)
    told: dict[str, Any] = json.loads(JsonV1Dot6(made).output_as_string())
    del told["metadata"]["timestamp"]
    return json.dumps(told, indent=2, sort_keys=True) + "\n"


def _in_a_container(package: Package) -> bool:
    return not package.marker or Marker(package.marker).evaluate(_IN_A_CONTAINER)


def _component(package: Package) -> Component:
    purl = PackageURL("pypi", name=package.name, version=package.version)
    digests = [HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in package.sha256]
    return Component(
        name=package.name, version=package.version, purl=purl, bom_ref=purl.to_string(), hashes=digests
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(bill())
