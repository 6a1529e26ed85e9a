"""Looks whether anything that the locks name has a published vulnerability. `python -m ops.advisories LOCK…`"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

SECONDS: Final = 20
_NOT_ASKED: Final = "Dependencies were not audited: the advisory service cannot be reached from here."


def audit(locks: Sequence[Path], *options: str, seconds: float = SECONDS) -> tuple[str, bool]:
    """What to say, and False when something was found. Without a service nothing is found, and it says so."""
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--format", "json"]
    command += ["--progress-spinner", "off", "--timeout", "5", *options]
    for lock in locks:
        command += ["-r", str(lock)]
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)  # noqa: S603 - all of it is ours
        told = json.loads(ended.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return _NOT_ASKED, True
    looked_at = {one["name"]: one for one in told if "vulns" in one}
    found = [
        f"{name} {one['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for name, one in sorted(looked_at.items())
        for flaw in one["vulns"]
    ]
    if found:
        return "\n".join(["Published vulnerabilities:", *found]), False
    if not looked_at:
        return f"{_NOT_ASKED[:-1]}, or knows nothing of any package.", True
    names = {one["name"] for one in told}
    return f"{len(looked_at)} of {len(names)} dependencies audited: no published vulnerability.", True


if __name__ == "__main__":
    said, clean = audit([Path(name) for name in sys.argv[1:]])
    sys.stdout.write(f"{said}\n")
    sys.exit(0 if clean else 1)
