import json
import signal
import socket
from pathlib import Path

from runtime.embedded.processes import free_port, kept_ports, start_child


async def test_a_child_that_ignores_the_polite_signal_is_killed(tmp_path: Path) -> None:
    child = start_child("deaf", ["sh", "-c", "trap '' TERM; echo ready; sleep 60"], log=tmp_path / "log")
    while "ready" not in child.said():
        assert not await child.ended(within=0.02)
    await child.stop(patience=0.2)
    assert child.process.returncode == -signal.SIGKILL
    await child.stop()


async def test_last_words_are_those_of_this_run(tmp_path: Path) -> None:
    for words in ("first", "second"):
        child = start_child("speaker", ["echo", words], log=tmp_path / "log")
        assert await child.ended(within=5)
    assert child.last_words().splitlines() == [f"{tmp_path / 'log'}:", "second"]


def test_a_port_stays_while_it_is_free_and_changes_when_it_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    first = kept_ports(file, ["a", "b"])
    assert kept_ports(file, ["a", "b"]) == first
    with socket.socket() as other:
        other.bind(("127.0.0.1", first["a"]))
        other.listen()
        second = kept_ports(file, ["a", "b"])
    assert second["a"] != first["a"]
    assert second["b"] == first["b"]
    assert json.loads(file.read_text()) == second


def test_a_free_port_can_be_taken() -> None:
    with socket.socket() as mine:
        mine.bind(("127.0.0.1", free_port()))
