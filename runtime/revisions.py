"""The migrations that this release brings."""

from functools import lru_cache
from importlib.resources import files

from alembic.config import Config
from alembic.script import ScriptDirectory


@lru_cache
def revisions() -> tuple[str, ...]:
    """The newest first."""
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    return tuple(one.revision for one in ScriptDirectory.from_config(config).walk_revisions())
