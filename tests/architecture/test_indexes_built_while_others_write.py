"""An index of a table that grows with every case is built while others go on writing."""

import re
from pathlib import Path
from typing import Final

from alembic.config import Config
from alembic.script import ScriptDirectory

SINCE: Final = "c5a9e7"
"""Behind this one."""
BIG: Final = ("cases", "timeline", "timeline_content", "deadlines", "letters", "counted", "counted_cases")
BUILT: Final = re.compile(r"CREATE (?:UNIQUE )?INDEX (?P<name>\w+) ON (?P<table>\w+)")


def shutting_out(source: str) -> list[str]:
    """The indexes of big tables, but for a table that is made together with them, that shut writers out."""
    return [
        found["name"]
        for found in BUILT.finditer(source)
        if found["table"] in BIG and f"CREATE TABLE {found['table']} " not in source
    ]


def test_no_migration_shuts_writers_out_of_a_big_table(repository: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(repository / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    files = [Path(one.path) for one in scripts.iterate_revisions("heads", SINCE) if one.revision != SINCE]
    assert files
    assert {path.name: found for path in files if (found := shutting_out(path.read_text()))} == {}
