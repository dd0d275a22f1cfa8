from django.db import migrations, models

# A second tap wrote the same row again: of those that say the same in everything, the first stays.
SAID_ONCE = """
DELETE FROM accounts_authority AS again USING accounts_authority AS first
WHERE again.id > first.id
  AND (again.municipality_id, again.name, again.office, again.since, again.source)
    = (first.municipality_id, first.name, first.office, first.since, first.source)
  AND again.until IS NOT DISTINCT FROM first.until
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0018_revision_functions")]

    operations = [
        migrations.RunSQL(SAID_ONCE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="authority",
            constraint=models.UniqueConstraint(
                fields=("municipality", "name", "office", "since", "until", "source"),
                name="authority_once",
                nulls_distinct=False,
                violation_error_message="Esa persona ya está, con ese cargo y esas fechas.",
            ),
        ),
    ]
