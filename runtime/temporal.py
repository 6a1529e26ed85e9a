"""The client to Temporal."""

import logging
from datetime import timedelta
from functools import lru_cache
from typing import Final

from temporalio.client import Client
from temporalio.common import SearchAttributeIndexedValueType
from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)
from temporalio.service import GrpcCompression, KeepAliveConfig, RetryConfig, TLSConfig

from runtime.encryption import data_converter
from runtime.settings import Settings
from runtime.tracing import interceptors

SEARCH_ATTRIBUTES: Final = {
    "CaseStage": SearchAttributeIndexedValueType.KEYWORD,
    "CaseSerious": SearchAttributeIndexedValueType.BOOL,
    "CaseHate": SearchAttributeIndexedValueType.BOOL,
}
"""What the namespace must know before the first case. None of them says anything about a person."""

_BRIEFLY: Final = RetryConfig(
    initial_interval_millis=50, max_interval_millis=500, max_elapsed_time_millis=2000, max_retries=4
)

_STILL_THERE: Final = KeepAliveConfig(interval_millis=15_000, timeout_millis=5_000)
"""How soon a connection is given up on which nothing comes any more. The server takes no questions more often than
every ten seconds.
"""


async def connect(wanted: Settings, runtime: Runtime | None = None, *, lazy: bool = True) -> Client:
    """Gives up soon: a caller is waiting. Survives restarts of the server. A lazy client connects on first use;
    a worker needs one that is connected (RuntimeError when it cannot be).
    """
    return await Client.connect(
        wanted.temporal_address,
        namespace=wanted.temporal_namespace,
        data_converter=data_converter(wanted.keyring, wanted.temporal_namespace),
        interceptors=interceptors(wanted),
        lazy=lazy,
        connect_timeout=timedelta(seconds=2),
        retry_config=_BRIEFLY,
        keep_alive_config=_STILL_THERE,
        grpc_compression=GrpcCompression.NONE,
        runtime=runtime or _runtime(),
        tls=_tls(wanted),
        api_key=wanted.temporal_api_key.get_secret_value() if wanted.temporal_api_key else None,
    )


def _tls(wanted: Settings) -> TLSConfig | bool:
    if not wanted.temporal_tls:
        return False
    ca, certificate, key = (
        path.read_bytes() if path else None
        for path in (wanted.temporal_tls_ca, wanted.temporal_tls_certificate, wanted.temporal_tls_key)
    )
    return TLSConfig(
        server_root_ca_cert=ca,
        domain=wanted.temporal_tls_server_name,
        client_cert=certificate,
        client_private_key=key,
    )


def new_runtime(metrics: PrometheusConfig | None = None) -> Runtime:
    """What its Rust core has to say becomes lines of our own log instead of coloured text."""
    logs = LoggingConfig(
        TelemetryFilter(core_level="WARN", other_level="ERROR"),
        forwarding=LogForwardingConfig(logging.getLogger("temporalio.core")),
    )
    return Runtime(telemetry=TelemetryConfig(logging=logs, metrics=metrics))


@lru_cache
def _runtime() -> Runtime:
    """One per process."""
    return new_runtime()
