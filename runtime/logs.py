"""Logs: one structured line an event, JSON or for a console. Workflow logs come through `workflow.logger`."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any, Final, Literal

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor
from temporalio import activity, workflow

from runtime.settings import Settings

_ROW: Final = re.compile(r"\nDETAIL: .*?(?=\nHINT: |\n\[SQL: |\n\(Background on |\n\n|\Z)", re.DOTALL)


def configure(wanted: Settings) -> None:
    """Called once, at a process's start."""
    _configure(wanted.log_format, wanted.log_level)


def configure_for_console() -> None:
    """For `casework run`, before there are settings."""
    _configure("console", "warning")


def _configure(log_format: Literal["console", "json"], level: str) -> None:
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _without_rows,
    ]
    structlog.configure(
        processors=[*shared, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[*shared, _lift_temporal],
            processors=[ProcessorFormatter.remove_processors_meta, _renderer(log_format)],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for chatty in ("asyncio", "httpx2", "httpcore2", "uvicorn.access", "runtime.database"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    for tells_payloads in ("temporalio.worker", "temporalio.client"):
        logging.getLogger(tells_payloads).setLevel(max(logging.INFO, logging.getLogger().level))
    for adapter in (workflow.logger, activity.logger):
        adapter.workflow_info_on_message = False  # type: ignore[union-attr] # both adapters ignore what is not theirs
        adapter.activity_info_on_message = False  # type: ignore[union-attr] # as above


def _renderer(log_format: Literal["console", "json"]) -> Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(colors=False)


def _without_rows(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """PostgreSQL's detail of a violated constraint quotes the row, people and all."""
    if isinstance(told := event.get("exception"), str):
        event["exception"] = _ROW.sub("", told)
    return event


def _lift_temporal(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """References of the workflow or activity that speaks, as fields of the line."""
    record = event.get("_record")
    for source in ("temporal_workflow", "temporal_activity"):
        told = getattr(record, source, None) or {}
        for name in ("workflow_id", "workflow_type", "activity_type", "attempt", "update_id"):
            if name in told:
                event[name] = told[name]
    return event
