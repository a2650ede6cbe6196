#!/bin/sh
# Runs once, when the database is made: a role for each app, which owns its schema and can do nothing elsewhere.
set -eu

psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
revoke all on database :"DBNAME", postgres, template1 from public;
revoke all on schema public from public;
SQL

for role in orders ledger recon; do
    export role
    psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" --set=role="$role" <<'SQL'
\set password `cat "/run/secrets/$role-password"`
create role :"role" login password :'password';
grant connect on database :"DBNAME" to :"role";
create schema authorization :"role";
SQL
done

# The audit is a view of its own, which is rebuilt apart from the reconciler's.
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" --command='create schema audit authorization recon'
