#!/bin/sh
# The two roles and the database, the first time that the container of PostgreSQL starts.
set -eu
psql --set=ON_ERROR_STOP=1 --set=owner="$OWNER_PASSWORD" --set=app="$APP_PASSWORD" \
    --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'FIN'
CREATE ROLE vigia LOGIN PASSWORD :'owner';
CREATE ROLE vigia_app LOGIN PASSWORD :'app';
GRANT vigia_app TO vigia;
CREATE DATABASE vigia OWNER vigia TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE vigia FROM PUBLIC;
GRANT CONNECT ON DATABASE vigia TO vigia_app;
ALTER DATABASE vigia SET jit = off;
FIN
