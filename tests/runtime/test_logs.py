"""What a process writes to its log: one line an event, and nothing that PostgreSQL quotes of a row."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SPEAKS = """
import logging, os, sys
import structlog
from pydantic import SecretStr
from runtime import logs
from runtime.settings import Settings
from tests.keys import TEST_KEYS

secret = SecretStr("a-secret-that-is-only-for-tests-000")
keys = SecretStr(TEST_KEYS)
logs.configure(Settings(_env_file=None, database_url=secret, token_secret=secret, encryption_keys=keys,
                        evidence_url="file:///nowhere", log_format=sys.argv[1], log_level="debug"))
structlog.get_logger("ours").info("letter_sent", case="CW-2026-000001")
logging.getLogger("theirs").warning("from a library: %s", 7)
for quiet in ("httpx2", "temporalio.worker", "uvicorn.access"):
    logging.getLogger(quiet).debug("hidden payload")
try:
    raise ValueError("violates\\nDETAIL:  Failing row contains (hidden,\\nhidden).\\nHINT:  look")
except ValueError as error:
    structlog.get_logger("ours").exception("request_failed")
    logging.getLogger("theirs").error("failed", exc_info=error)
"""


def said(form: str, repository: Path) -> str:
    ended = subprocess.run(
        [sys.executable, "-c", SPEAKS, form], cwd=repository, capture_output=True, text=True, check=True
    )
    assert ended.stdout == ""
    return ended.stderr


def test_json_is_one_object_a_line(repository: Path) -> None:
    lines = [json.loads(line) for line in said("json", repository).splitlines()]
    assert [line["event"] for line in lines] == [
        "letter_sent",
        "from a library: 7",
        "request_failed",
        "failed",
    ]
    assert lines[0]["case"] == "CW-2026-000001"
    assert {"level", "logger", "timestamp"} <= set(lines[0]) & set(lines[1])
    assert "violates" in lines[2]["exception"]
    assert "violates" in lines[3]["exception"]


@pytest.mark.parametrize("form", ["json", "console"])
def test_no_row_and_no_payload_is_quoted(form: str, repository: Path) -> None:
    told = said(form, repository)
    assert "letter_sent" in told
    assert "HINT" in told
    assert "hidden" not in told
