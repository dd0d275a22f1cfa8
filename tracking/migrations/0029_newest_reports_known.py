"""What was published before the database kept it: apart, so that nobody waits who publishes."""

from django.db import migrations

KNOWN = """
INSERT INTO tracking_newestreport AS kept
    (element_id, report_id, semester, revision, stage, signal, as_of)
SELECT DISTINCT ON (element_id) element_id, id, semester, revision, stage, signal, as_of
FROM tracking_progressreport
WHERE state = 'publicado'
ORDER BY element_id, semester DESC, revision DESC
ON CONFLICT (element_id) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0028_newest_report")]

    operations = [migrations.RunSQL(KNOWN, migrations.RunSQL.noop)]
