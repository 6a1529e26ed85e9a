"""Processor time and memory of process trees, from /proc."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PPID, _UTIME, _OWN, _WITH_ENDED_CHILDREN = 1, 11, 2, 4  # places behind the command's closing bracket


def _stat(pid: int) -> list[str] | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def _everything() -> dict[int, list[str]]:
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    return {pid: stat for pid in pids if (stat := _stat(pid)) is not None}


@dataclass(frozen=True)
class Processes:
    """Trees by name. The load client is this process alone, without the children that it started."""

    roots: Mapping[str, int]

    def cpu_seconds(self) -> dict[str, float]:
        stats = _everything()
        used = {name: _tree(stats, root) for name, root in self.roots.items()}
        return used | {"client": _spent(stats[os.getpid()], _OWN)}

    def resident_kb(self, name: str) -> int:
        status = Path(f"/proc/{self.roots[name]}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


def _tree(stats: Mapping[int, list[str]], root: int) -> float:
    """Children that have ended are in the figure of the parent that reaped them."""
    below = [pid for pid, stat in stats.items() if int(stat[_PPID]) == root]
    return _spent(stats[root], _WITH_ENDED_CHILDREN) + sum(_tree(stats, pid) for pid in below)


def _spent(stat: list[str], fields: int) -> float:
    return sum(int(ticks) for ticks in stat[_UTIME : _UTIME + fields]) / _TICKS
