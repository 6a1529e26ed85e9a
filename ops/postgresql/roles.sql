-- Runs once, on an empty data volume. Each product owns its own databases and can't connect to the other's;
-- casework's other roles may connect, and the migrations grant each what it may do.
\set ON_ERROR_STOP on
\getenv owner_password CASEWORK_OWNER_PASSWORD
\getenv app_password CASEWORK_APP_PASSWORD
\getenv worker_password CASEWORK_WORKER_PASSWORD
\getenv temporal_password TEMPORAL_PASSWORD

CREATE ROLE casework LOGIN PASSWORD :'owner_password';
CREATE ROLE casework_app LOGIN PASSWORD :'app_password';
CREATE ROLE casework_worker LOGIN PASSWORD :'worker_password';
CREATE ROLE casework_reporting NOLOGIN;
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';

CREATE DATABASE casework OWNER casework;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;

REVOKE ALL ON DATABASE casework, temporal, temporal_visibility, postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE casework TO casework_app, casework_worker, casework_reporting;
