#!/bin/sh
# Brings Temporal's two databases to the schema of this image's version. Safe to repeat: each step already
# taken is skipped, so an upgrade is the same job run by a newer image.
set -eu

until nc -z "$SQL_HOST" "$SQL_PORT"; do
    sleep 1
done

upgrade() {
    SQL_DATABASE=$1 temporal-sql-tool setup-schema -v 0.0
    SQL_DATABASE=$1 temporal-sql-tool update-schema -d "/etc/temporal/schema/postgresql/v12/$2/versioned"
}

upgrade temporal temporal
upgrade temporal_visibility visibility
