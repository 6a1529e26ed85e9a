#!/bin/sh
# Registers the namespace once the server answers. The CLI reads TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.
set -eu

until temporal operator cluster health >/dev/null 2>&1; do
    sleep 1
done

if ! temporal operator namespace describe >/dev/null 2>&1; then
    temporal operator namespace create --retention "$TEMPORAL_RETENTION"
fi
