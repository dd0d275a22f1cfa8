from django.db import migrations, models

# What is done with a token names it beside its person and its municipality: these are tied to it.
WHOSE = """
ALTER TABLE accounts_token
    ADD CONSTRAINT token_and_person UNIQUE (id, person_id),
    ADD CONSTRAINT token_and_municipality UNIQUE (id, municipality_id);
"""
NOBODYS = """
ALTER TABLE accounts_token
    DROP CONSTRAINT token_and_municipality,
    DROP CONSTRAINT token_and_person;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_token"),
    ]

    operations = [
        migrations.AddField(
            model_name="token",
            name="warned_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="se avisó que vence"
            ),
        ),
        migrations.RunSQL(WHOSE, NOBODYS),
    ]
