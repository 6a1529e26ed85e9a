"""Logs: one structured line an event, JSON or for a console. Workflow logs come through `workflow.logger`."""

import logging
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor
from temporalio import activity, workflow

from runtime.settings import Settings


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
    for chatty in ("aiosqlite", "asyncio", "httpx", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    for adapter in (workflow.logger, activity.logger):
        adapter.workflow_info_on_message = False  # type: ignore[union-attr] # both adapters ignore what is not theirs
        adapter.activity_info_on_message = False  # type: ignore[union-attr] # as above


def _renderer(log_format: Literal["console", "json"]) -> Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(colors=False)


def _lift_temporal(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """References of the workflow or activity that speaks, as fields of the line."""
    record = event.get("_record")
    for source in ("temporal_workflow", "temporal_activity"):
        told = getattr(record, source, None) or {}
        for name in ("workflow_id", "workflow_type", "activity_type", "attempt", "update_id"):
            if name in told:
                event[name] = told[name]
    return event
