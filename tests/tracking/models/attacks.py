"""The statements by which somebody would change what was published."""

from django.db.models import Model

Rows = dict[str, Model]

# The table, and the trigger that refuses. The application has no right at all to change what is
# append-only; in the others it may change a row until it is published, or closed.
TRIGGERS = {
    "tracking_progressreport": "published_is_frozen",
    "tracking_support": "published_is_frozen",
    "tracking_semesterwindow": "closed_is_frozen",
    "tracking_reviewstep": "append_only",
    "tracking_message": "append_only",
    "tracking_closingline": "append_only",
    "tracking_withholding": "append_only",
    "tracking_expenditure": "append_only",
    "plans_measuringterms": "append_only",
    "tracking_ledgerentry": "append_only",
    "tracking_accountabilityreport": "append_only",
    "tracking_renderedfile": "made_is_frozen",
    "tracking_signedfile": "append_only",
    "tracking_signedwithholding": "append_only",
    "tracking_pendingleaf": "waits_for_its_leaf",
    "tracking_logleaf": "append_only",
    "tracking_loghead": "append_only",
    "tracking_headstamp": "append_only",
    "tracking_cosignature": "append_only",
    "tracking_headconflict": "append_only",
}
TABLES = tuple(TRIGGERS)

ON_ROWS = (
    "UPDATE {table} SET {id} = {id} WHERE {id} = {pk}",
    "UPDATE {table} SET {id} = -{id}",
    "DELETE FROM {table} WHERE {id} = {pk}",
    "DELETE FROM {table}",
    "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE {id} = {pk}"
    " ON CONFLICT ({id}) DO UPDATE SET {id} = excluded.{id}",
    "MERGE INTO {table} AS t USING (SELECT {pk} AS id) AS s ON t.{id} = s.id"
    " WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM {table} WHERE {id} = {pk} RETURNING *) SELECT count(*) FROM gone",
    "DO $$ BEGIN DELETE FROM {table} WHERE {id} = {pk}; END $$",
)
ON_TABLES = (
    "TRUNCATE {table}",
    "TRUNCATE {table} CASCADE",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE TRIGGER USER",
    "ALTER TABLE {table} DISABLE TRIGGER {trigger}",
    "DROP TRIGGER {trigger} ON {table}",
    "ALTER TABLE {table} ADD COLUMN more int",
    "ALTER TABLE {table} OWNER TO vigia_app",
    "ALTER TABLE {table} RENAME TO other",
    "DROP TABLE {table} CASCADE",
    "CREATE TRIGGER own BEFORE UPDATE ON {table} FOR EACH ROW"
    " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE own AS ON DELETE TO {table} DO INSTEAD NOTHING",
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
)
ON_SESSIONS = (
    "SET session_replication_role = replica",
    "SET LOCAL session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', false)",
    "ALTER ROLE vigia_app SET session_replication_role = 'replica'",
    "ALTER ROLE vigia_app SUPERUSER",
    "GRANT vigia TO vigia_app",
    "DROP FUNCTION vigia_append_only() CASCADE",
    "CREATE OR REPLACE FUNCTION vigia_append_only() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NEW; END'",
    "CREATE OR REPLACE FUNCTION vigia_support_follows_its_report() RETURNS trigger"
    " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "ALTER FUNCTION vigia_append_only() RENAME TO other",
    "COPY tracking_progressreport FROM PROGRAM 'true'",
)
# Only where the session itself began as the application: RESET ROLE is the owner's in the others.
ON_IDENTITY = ("SET ROLE vigia", "SET SESSION AUTHORIZATION vigia")


def statement(sql: str, table: str, rows: Rows) -> str:
    row = rows[table]
    written = [each.column for each in row._meta.concrete_fields if not each.generated]
    said = {"table": table, "trigger": TRIGGERS[table], "columns": ", ".join(map(str, written))}
    return sql.format(id=row._meta.pk.column, pk=row.pk, **said)


def every_attack(rows: Rows) -> list[str]:
    on_tables = [statement(sql, table, rows) for table in TABLES for sql in (*ON_ROWS, *ON_TABLES)]
    return [*on_tables, *ON_SESSIONS, *ON_IDENTITY]
