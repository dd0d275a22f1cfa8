"""What Django's models cannot say of invitations and of the removal of second factors."""

from django.db import migrations

OWN_UNIT = """
ALTER TABLE accounts_invitation
    ADD CONSTRAINT invitation_unit_of_its_municipality
    FOREIGN KEY (unit_id, municipality_id) REFERENCES accounts_unit (id, municipality_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
ANY_UNIT = "ALTER TABLE accounts_invitation DROP CONSTRAINT invitation_unit_of_its_municipality;"

# Who took a second factor away is told for good.
APPEND_ONLY = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        REVOKE UPDATE, DELETE ON accounts_secondfactorremoval FROM vigia_app;
    END IF;
END $$;
"""
WRITABLE = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        GRANT UPDATE, DELETE ON accounts_secondfactorremoval TO vigia_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_invitation")]

    operations = [
        migrations.RunSQL(OWN_UNIT, ANY_UNIT),
        migrations.RunSQL(APPEND_ONLY, WRITABLE),
    ]
