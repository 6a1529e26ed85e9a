"""A shell that keeps its variables from one block of commands to the next."""

import asyncio
import re
from asyncio.subprocess import PIPE, STDOUT, Process
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_DONE: Final = "-- block done --"


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of that language, in order; `""` for those without one."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [body for named, body in fenced if named == language]


@dataclass
class Shell:
    process: Process

    @classmethod
    async def opened(cls, folder: Path) -> "Shell":
        process = await asyncio.create_subprocess_exec("bash", cwd=folder, stdin=PIPE, stdout=PIPE, stderr=STDOUT)
        return cls(process)

    async def run(self, block: str, seconds: float = 60) -> str:
        """What the block printed. Raises AssertionError when its last command failed."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f'{block}\necho "{_DONE} $?"\n'.encode())
        await stdin.drain()
        said: list[str] = []
        async with asyncio.timeout(seconds):
            while not (line := (await stdout.readline()).decode()).startswith(_DONE):
                assert line, f"the shell ended: {''.join(said)}"
                said.append(line)
        assert line.split()[-1] == "0", "".join(said)
        return "".join(said)

    async def close(self) -> None:
        if self.process.stdin is not None:
            self.process.stdin.close()
        await self.process.wait()
