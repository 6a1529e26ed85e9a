"""A program that starts one server in a folder, says where it is, and waits to be killed."""

import asyncio
import json
import sys
from pathlib import Path

from runtime.embedded.postgres import start_postgres
from runtime.embedded.temporal_server import TemporalOptions, start_temporal


async def main(kind: str, folder: Path) -> None:
    if kind == "postgres":
        postgres = await start_postgres(folder, durable=False)
        where, child = postgres.url("postgres"), postgres.child
    else:
        temporal = await start_temporal(folder, TemporalOptions(with_ui=False))
        where, child = temporal.target, temporal.child
    print(json.dumps({"where": where, "child": child.process.pid}), flush=True)  # noqa: T201 - for the test
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
