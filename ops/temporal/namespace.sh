#!/bin/sh
# Registers the namespace as soon as the server can. The CLI reads TEMPORAL_ADDRESS by itself.
set -eu

until temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$TEMPORAL_RETENTION"; do
    sleep 1
done
