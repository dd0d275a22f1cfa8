"""How alike two names are: pg_trgm, which comes with PostgreSQL and needs no superuser."""

from django.db import migrations

# Left behind when undone: another schema of the database may use it.
TRIGRAMS = "CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_letter")]

    operations = [migrations.RunSQL(TRIGRAMS, migrations.RunSQL.noop)]
