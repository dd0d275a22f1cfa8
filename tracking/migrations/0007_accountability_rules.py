"""What is issued stays: an edition is what its digest says, and a file is made once."""

from django.db import migrations

OWNERSHIP = """
ALTER TABLE tracking_accountabilityreport
    ADD CONSTRAINT accountability_plan_of_municipality
    FOREIGN KEY (plan_id, municipality_id) REFERENCES plans_plan (id, municipality_id),
    ADD CONSTRAINT accountability_simulated_as_its_plan
    FOREIGN KEY (plan_id, simulated) REFERENCES plans_plan (id, simulated);
"""
NO_OWNERSHIP = """
ALTER TABLE tracking_accountabilityreport
    DROP CONSTRAINT accountability_simulated_as_its_plan,
    DROP CONSTRAINT accountability_plan_of_municipality;
"""

# A digest is computed by the database itself, so that no row can say one and hold another.
DIGESTS = """
ALTER TABLE tracking_accountabilityreport
    ADD CONSTRAINT accountability_is_what_its_digest_says
    CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'));
ALTER TABLE tracking_renderedfile
    ADD CONSTRAINT rendered_file_is_what_its_digest_says
    CHECK (data IS NULL OR (sha256 = encode(sha256(data), 'hex') AND size = octet_length(data))),
    ALTER COLUMN data SET STORAGE EXTERNAL;  -- a PDF is compressed already
"""
NO_DIGESTS = """
ALTER TABLE tracking_renderedfile
    ALTER COLUMN data SET STORAGE EXTENDED,
    DROP CONSTRAINT rendered_file_is_what_its_digest_says;
ALTER TABLE tracking_accountabilityreport
    DROP CONSTRAINT accountability_is_what_its_digest_says;
"""

FROZEN = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tracking_accountabilityreport
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
CREATE TRIGGER made_is_frozen BEFORE UPDATE OR DELETE ON tracking_renderedfile
    FOR EACH ROW WHEN (OLD.data IS NOT NULL) EXECUTE FUNCTION vigia_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        REVOKE UPDATE, DELETE ON tracking_accountabilityreport FROM vigia_app;
    END IF;
END $$;
"""
NOT_FROZEN = """
DROP TRIGGER made_is_frozen ON tracking_renderedfile;
DROP TRIGGER append_only ON tracking_accountabilityreport;
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0006_accountability")]

    operations = [
        migrations.RunSQL(OWNERSHIP, NO_OWNERSHIP),
        migrations.RunSQL(DIGESTS, NO_DIGESTS),
        migrations.RunSQL(FROZEN, NOT_FROZEN),
    ]
