"""What the product is made of: looked up for published vulnerabilities, and listed for whoever must know."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import cyclonedx.schema
import jsonschema_rs
import pytest

from ops.advisories import audit
from ops.locked import packages
from ops.sbom import PYTHON, bill
from runtime.embedded.processes import free_port

FLAW = {
    "id": "INVENTED-2026-1",
    "summary": "Invented.",
    "affected": [
        {
            "package": {"name": "idna", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.1"}]}],
        }
    ],
}
ELSEWHERE = {"colorama", "httpx2-jsfetch"}
"""On Windows and in browsers."""


class Advisories(BaseHTTPRequestHandler):
    """A service that knows of one flaw, in one package."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps({"vulns": [FLAW]} if asked["package"]["name"] == "idna" else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Advisories)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def lock_of(folder: Path, *names: str) -> Path:
    lock = folder / "some.lock"
    lock.write_text("".join(f"{name}==1.0 \\\n    --hash=sha256:{'0' * 64}\n" for name in names))
    return lock


def test_a_published_vulnerability_fails_and_says_what_mends_it(service: str, tmp_path: Path) -> None:
    said, clean = audit([lock_of(tmp_path, "anyio", "idna")], "-s", "osv", "--osv-url", service)
    assert said.splitlines()[1:] == ["idna 1.0: INVENTED-2026-1, mended in 99.1"]
    assert not clean


def test_without_any_it_says_how_many_were_looked_at(service: str, tmp_path: Path) -> None:
    said, clean = audit([lock_of(tmp_path, "anyio", "certifi")], "-s", "osv", "--osv-url", service)
    assert said == "2 of 2 dependencies audited: no published vulnerability."
    assert clean


def test_where_nobody_can_be_asked_it_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    away = f"http://127.0.0.1:{free_port()}/"
    said, clean = audit([lock_of(tmp_path, "idna")], "-s", "osv", "--osv-url", away)
    assert said == "Dependencies were not audited: the advisory service cannot be reached from here."
    assert clean


def test_it_waits_for_nobody_for_long(service: str, tmp_path: Path) -> None:
    said, clean = audit([lock_of(tmp_path, "idna")], "-s", "osv", "--osv-url", service, seconds=0.01)
    assert said.startswith("Dependencies were not audited")
    assert clean


def test_the_locks_name_what_every_other_one_does(repository: Path) -> None:
    """So that auditing the largest is auditing all."""
    everything = {(one.name, one.version, one.sha256) for one in packages(repository / "dev.lock")}
    for name in ("container.lock", "requirements.lock"):
        assert {(one.name, one.version, one.sha256) for one in packages(repository / name)} <= everything


@pytest.mark.parametrize("name", ["container.lock", "requirements.lock", "dev.lock"])
def test_every_line_of_a_lock_is_understood(repository: Path, name: str) -> None:
    text = (repository / name).read_text()
    found = list(packages(repository / name))
    assert len(found) == len(re.findall("^[a-z]", text, re.MULTILINE))
    assert sum(len(one.sha256) for one in found) == text.count("--hash=")


def published(name: str) -> Any:
    """CycloneDX's own schemas, as its library brings them."""
    stem = name.rpartition("/")[2].removesuffix(".schema.json").removesuffix(".SNAPSHOT")
    file = Path(cyclonedx.schema.__file__).parent / "_res" / f"{stem}.SNAPSHOT.schema.json"
    return json.loads(file.read_text())


def test_the_bill_of_materials_lists_what_the_lock_puts_into_a_container(repository: Path) -> None:
    text = bill()
    told = json.loads(text)
    assert f"FROM python:{PYTHON}-slim" in (repository / "Dockerfile").read_text()
    jsonschema_rs.validator_for(published("bom-1.6"), retriever=published).validate(told)
    locked = {one.name: one for one in packages(repository / "container.lock")}
    assert {part["name"] for part in told["components"]} == locked.keys() - ELSEWHERE
    for part in told["components"]:
        one = locked[part["name"]]
        assert part["version"] == one.version
        assert part["purl"] == f"pkg:pypi/{one.name}@{one.version}"
        assert {each["content"] for each in part["hashes"]} == set(one.sha256)
    (product,) = [each for each in told["dependencies"] if each["ref"] == "casework"]
    assert len(product["dependsOn"]) == len(told["components"])


def test_the_same_lock_makes_the_same_bill(repository: Path, tmp_path: Path) -> None:
    written = tmp_path / "bill.json"
    subprocess.run([sys.executable, "-m", "ops.sbom", str(written)], cwd=repository, check=True)
    assert written.read_text() == bill()
    assert "timestamp" not in bill()
    other = lock_of(tmp_path, "anyio")
    assert json.loads(bill(other))["serialNumber"] != json.loads(bill())["serialNumber"]
