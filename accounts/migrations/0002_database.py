"""What Django's models cannot say: the application's rights, its cache, and one's own units."""

from django.db import migrations

# The application reads and writes rows; it has no DDL and no TRUNCATE. Where there is one role
# only (a managed database), nothing is granted and nothing is needed.
GRANT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO vigia_app;
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO vigia_app;
        REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM vigia_app;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public
            GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO vigia_app;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public
            GRANT USAGE, SELECT ON SEQUENCES TO vigia_app;
    END IF;
END $$;
"""
REVOKE = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM vigia_app;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM vigia_app;
        REVOKE ALL ON ALL TABLES IN SCHEMA public FROM vigia_app;
        REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM vigia_app;
    END IF;
END $$;
"""

OWN_UNIT = """
ALTER TABLE accounts_unit
    ADD CONSTRAINT unit_and_municipality UNIQUE (id, municipality_id);
ALTER TABLE accounts_membership
    ADD CONSTRAINT membership_unit_of_its_municipality
    FOREIGN KEY (unit_id, municipality_id) REFERENCES accounts_unit (id, municipality_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
# Unlogged: what a cache holds may be lost, and is after a crash.
CACHE = """
CREATE UNLOGGED TABLE cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX cache_expires ON cache (expires);
"""
ANY_UNIT = """
ALTER TABLE accounts_membership DROP CONSTRAINT membership_unit_of_its_municipality;
ALTER TABLE accounts_unit DROP CONSTRAINT unit_and_municipality;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(GRANT, REVOKE),
        migrations.RunSQL(OWN_UNIT, ANY_UNIT),
        migrations.RunSQL(CACHE, "DROP TABLE cache"),
    ]
