"""How a command ends."""

import logging
import os
import sys
from types import TracebackType
from typing import NoReturn


def failed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> NoReturn:
    """A trace, too, is a line of the log and quotes no row."""
    logging.getLogger(__name__).critical("command_failed", exc_info=(kind, error, trace))
    end(1)


def end(code: int) -> NoReturn:
    """Without tearing the interpreter down: `cli/main.py` says why."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
