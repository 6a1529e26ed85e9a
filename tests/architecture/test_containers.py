"""The container files say what operations may rely on; none of these checks needs a container engine."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from cli.main import app
from runtime.settings import Settings
from tests.keys import keys

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
WORKERS = ("worker", "background")
SECRETS = (
    "POSTGRES_PASSWORD",
    "CASEWORK_OWNER_PASSWORD",
    "CASEWORK_APP_PASSWORD",
    "CASEWORK_WORKER_PASSWORD",
    "TEMPORAL_PASSWORD",
    "CASEWORK_TOKEN_SECRET",
    "CASEWORK_ENCRYPTION_KEYS",
    "CASEWORK_EVIDENCE_S3_ACCESS_KEY",
    "CASEWORK_EVIDENCE_S3_SECRET_KEY",
)
MAY_BE_EMPTY = {
    "CASEWORK_SMTP_USERNAME",
    "CASEWORK_SMTP_PASSWORD",
    "CASEWORK_SIGN_IN_CLIENT_SECRET",
    "CASEWORK_EVIDENCE_S3_ENDPOINT",
    "CASEWORK_TEXT_MESSAGES_URL",
    "CASEWORK_TEXT_MESSAGES_SECRET",
    "CASEWORK_BUILD_ID",
}
REQUIRED = sorted(set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text())))
Service = dict[str, Any]


def filled_example() -> dict[str, str]:
    """The example environment with each empty value set to one that tells which it is."""
    return {name: value or filled(name) for name, value in example().items()}


def example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def filled(name: str) -> str:
    if name == "CASEWORK_ENCRYPTION_KEYS":
        return keys(example()["CASEWORK_ENCRYPTION_KEY"])
    if name == "CASEWORK_TEXT_MESSAGES_URL":
        return "https://texts.example/messages"
    if name == "CASEWORK_BUILD_ID":
        return "0.2.0"
    return f"a-secret-of-32-characters-or-more-{name}"


def compose_config(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    env_file = folder / "environment"
    env_file.write_text("".join(f"{name}={value}\n" for name, value in environment.items()))
    command: list[str | Path] = [TOOLS / "podman-compose", "--dry-run", "--env-file", env_file, "config"]
    return subprocess.run(command, cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Service]:
    answer = compose_config(tmp_path_factory.mktemp("compose"), filled_example())
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Service] = yaml.safe_load(answer.stdout)["services"]
    return found


@pytest.fixture(scope="module")
def ours(services: dict[str, Service]) -> dict[str, Service]:
    """Those that run Casework itself."""
    return {name: service for name, service in services.items() if service["image"].startswith("casework:")}


def jobs(services: dict[str, Service]) -> set[str]:
    return {name for name, service in services.items() if service["restart"] == "no"}


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text()


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_the_dockerfile_is_free_of_known_mistakes() -> None:
    answer = subprocess.run([TOOLS / "hadolint", ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout) == (0, "")


def test_the_image_installs_only_what_the_lock_names_by_hash() -> None:
    installs = re.findall(r"pip .* install (.*)", dockerfile())
    assert len(installs) == 2
    assert "--require-hashes --no-deps" in installs[0]
    assert {"--no-deps", "--no-build-isolation"} <= set(installs[1].split())


def test_the_image_runs_the_command_itself_and_not_as_root() -> None:
    """A numeric user lets an orchestrator check it; without a shell in between, signals arrive."""
    user = re.search(r"^USER (\d+):\d+$", dockerfile(), re.MULTILINE)
    assert user
    assert int(user[1]) > 0
    assert 'ENTRYPOINT ["casework"]' in dockerfile()


def test_the_image_and_the_compose_file_carry_the_project_s_version(services: dict[str, Service]) -> None:
    version = project()["project"]["version"]
    assert f"ARG VERSION={version}\n" in dockerfile()
    assert services["api"]["image"] == f"casework:{version}"


def test_the_build_context_lets_in_every_package_and_no_secrets() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    allowed = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    packages = set(project()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert rules[0] == "*"
    linked = {"docs/glossary.md"}
    assert allowed == packages | linked | {"container.lock", "pyproject.toml", "README.md", "LICENSE"}


@pytest.mark.parametrize("missing", REQUIRED)
def test_nothing_starts_without_a_secret_or_a_setting_that_has_no_safe_default(
    tmp_path: Path, missing: str
) -> None:
    answer = compose_config(tmp_path, filled_example() | {missing: ""})
    assert answer.returncode != 0
    assert f"required variable {missing} is missing a value" in answer.stderr


def test_the_example_environment_names_all_that_is_required_and_holds_no_secret() -> None:
    assert example().keys() == {*REQUIRED, *MAY_BE_EMPTY, "COMPOSE_PROFILES"}
    assert {name for name, value in example().items() if not value} == {*SECRETS, *MAY_BE_EMPTY}


def test_casework_understands_every_setting_that_it_is_given(
    ours: dict[str, Service], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A misspelt one would be ignored in silence."""
    known = {f"CASEWORK_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"\b(CASEWORK_\w+)=", dockerfile())) <= known
    monkeypatch.chdir(tmp_path)
    for name, service in ours.items():
        assert service["environment"].keys() <= known, name
        with monkeypatch.context() as process:
            for setting, value in service["environment"].items():
                process.setenv(setting, value)
            Settings()


def test_what_each_container_runs_is_a_command_of_ours(ours: dict[str, Service]) -> None:
    commands = typer.main.get_group(app).commands
    assert ours.keys() == {"api", *WORKERS, "relay", "migrate"}
    for name, service in ours.items():
        assert service["command"][0] == ("worker" if name in WORKERS else name)
        assert service["command"][0] in commands


def test_each_health_check_asks_the_door_that_its_process_opens(ours: dict[str, Service]) -> None:
    api_port = Settings.model_fields["api_port"].default
    ports = {"api": api_port, **dict.fromkeys((*WORKERS, "relay"), 8001)}
    for name, port in ports.items():
        asked = ours[name]["healthcheck"]["test"][-1]
        assert f"HTTPConnection('127.0.0.1', {port}," in asked, name
        assert "'/health/ready'" in asked, name
        assert ours[name]["environment"].get("CASEWORK_WORKER_HEALTH_PORT", str(api_port)) == str(port), name
    assert f"EXPOSE {api_port}\n" in dockerfile()


def test_each_secret_reaches_only_those_who_need_it(services: dict[str, Service]) -> None:
    everyone = {"api", *WORKERS, "relay", "migrate"}
    readers = {
        secret: {name for name, s in services.items() if filled(secret) in str(s.get("environment"))}
        for secret in (*SECRETS, *MAY_BE_EMPTY)
    }
    assert readers == {
        "POSTGRES_PASSWORD": {"postgresql"},
        "CASEWORK_OWNER_PASSWORD": {"postgresql", "migrate"},
        "CASEWORK_APP_PASSWORD": {"postgresql", "api", "migrate"},
        "CASEWORK_WORKER_PASSWORD": {"postgresql", *WORKERS, "relay"},
        "TEMPORAL_PASSWORD": {"postgresql", "temporal", "temporal-schema"},
        "CASEWORK_TOKEN_SECRET": everyone,
        "CASEWORK_SIGN_IN_CLIENT_SECRET": {"api"},
        "CASEWORK_ENCRYPTION_KEYS": everyone,
        "CASEWORK_EVIDENCE_S3_ENDPOINT": {"api", *WORKERS},
        "CASEWORK_EVIDENCE_S3_ACCESS_KEY": {"api", *WORKERS},
        "CASEWORK_EVIDENCE_S3_SECRET_KEY": {"api", *WORKERS},
        "CASEWORK_SMTP_USERNAME": set(WORKERS),
        "CASEWORK_SMTP_PASSWORD": set(WORKERS),
        "CASEWORK_TEXT_MESSAGES_URL": everyone,
        "CASEWORK_TEXT_MESSAGES_SECRET": set(WORKERS),
        "CASEWORK_BUILD_ID": set(WORKERS),
    }


def test_every_service_is_a_job_or_has_a_health_check(services: dict[str, Service]) -> None:
    assert jobs(services) == {"temporal-schema", "temporal-namespace", "migrate"}
    for name in services.keys() - jobs(services):
        assert services[name]["restart"] == "unless-stopped", name
        assert services[name]["healthcheck"]["test"][0] == "CMD", name


def test_only_pages_are_published_and_only_on_this_machine(services: dict[str, Service]) -> None:
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published.keys() == {"api", "temporal-ui", "mail"}
    for ports in published.values():
        assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_service_may_do_more_than_it_needs(services: dict[str, Service]) -> None:
    forbidden = {"privileged", "cap_add", "network_mode", "pid", "ipc", "devices", "userns_mode"}
    for name, service in services.items():
        assert not forbidden & service.keys(), name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert {"cpus", "memory", "pids"} <= service["deploy"]["resources"]["limits"].keys(), name


def test_every_image_is_named_with_its_version(services: dict[str, Service]) -> None:
    images = {service["image"] for service in services.values()}
    images |= set(re.findall(r"^FROM (\S+:\S+)", dockerfile(), re.MULTILINE))
    for image in images:
        assert re.search(r":v?\d[\w.-]*$", image), image


def test_the_database_and_the_engine_have_no_way_out(services: dict[str, Service]) -> None:
    networks = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["networks"]
    internal = {name for name, network in networks.items() if network and network["internal"]}
    for name in ("postgresql", "temporal", "relay", *jobs(services)):
        assert set(services[name]["networks"]) <= internal, name
    assert "mail" not in services["api"]["networks"]


def test_the_scanner_reaches_nobody_and_looks_at_all_that_is_taken(services: dict[str, Service]) -> None:
    """And who fetches its signatures reaches nobody of ours."""
    networks = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["networks"]
    assert services["clamd"]["networks"] == ["scanner"]
    assert networks["scanner"]["internal"]
    assert {name for name, one in services.items() if "signatures" in one.get("networks", [])} == {"freshclam"}
    said = (ROOT / "ops/clamav/clamd.conf").read_text()
    sizes = [field.default for name, field in Settings.model_fields.items() if name.endswith("_megabytes")]
    for limit in ("StreamMaxLength", "MaxFileSize", "MaxScanSize"):
        found = re.search(rf"^{limit} (\d+)M$", said, re.MULTILINE)
        assert found
        assert int(found[1]) > max(sizes)
    assert "AlertExceedsMax yes" in said


def test_who_is_told_to_stop_is_given_longer_than_it_takes(ours: dict[str, Service]) -> None:
    default = Settings.model_fields["graceful_shutdown_seconds"].default
    for name in ("api", *WORKERS, "relay"):
        own = int(ours[name]["environment"].get("CASEWORK_GRACEFUL_SHUTDOWN_SECONDS", default))
        assert int(ours[name]["stop_grace_period"].removesuffix("s")) >= own + 10, name


def test_postgresql_takes_as_many_connections_as_all_may_open(services: dict[str, Service]) -> None:
    engine = services["temporal"]["environment"]
    roles = 4 * (int(engine["SQL_MAX_CONNS"]) + int(engine["SQL_VIS_MAX_CONNS"]))
    each = Settings.model_fields["database_connections"].default
    watching = sum(services[name]["deploy"].get("replicas", 1) for name in (*WORKERS, "relay", "api"))
    room = int(services["postgresql"]["command"][-1].removeprefix("max_connections="))
    listening, command = 1, each
    assert roles + watching * (each + 1) + listening + command <= room * 0.9


def test_every_file_that_a_service_mounts_is_here_and_read_only(services: dict[str, Service]) -> None:
    mounts = [mount for service in services.values() for mount in service.get("volumes", [])]
    files = [mount for mount in mounts if mount.startswith((".", "/"))]
    assert len(files) == 5
    for mount in files:
        source, _, mode = mount.split(":")
        assert (ROOT / source).is_file(), source
        assert mode == "ro"


def test_the_api_and_workers_say_the_same_of_the_landlord(ours: dict[str, Service]) -> None:
    """Both give people a name and a number to ring, and both know the address that links lead to."""
    for name in ("LANDLORD_NAME", "LANDLORD_PHONE", "PUBLIC_URL"):
        said = {ours[process]["environment"].get(f"CASEWORK_{name}") for process in ("api", *WORKERS)}
        assert said == {filled_example()[f"CASEWORK_{name}"].strip("\"'")}, name


def test_what_pages_say_of_the_landlord_is_what_letters_say(ours: dict[str, Service]) -> None:
    api, *workers = (ours[name]["environment"] for name in ("api", *WORKERS))
    for name in ("NAME", "ADDRESS", "PHONE", "EMAIL", "WEBSITE"):
        assert {worker[f"CASEWORK_LANDLORD_{name}"] for worker in workers} == {api[f"CASEWORK_LANDLORD_{name}"]}
