"""A report says where was worked; frozen with it once it is published."""

from django.db import migrations, models

FIT = """
CREATE FUNCTION vigia_report_locations() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM vigia_check_locations(NEW.locations, NEW.municipality_id);
    RETURN NEW;
END $$;
CREATE TRIGGER locations_fit BEFORE INSERT OR UPDATE OF locations ON tracking_progressreport
    FOR EACH ROW WHEN (NEW.locations <> '[]') EXECUTE FUNCTION vigia_report_locations();
"""
NOT_FIT = """
DROP TRIGGER locations_fit ON tracking_progressreport;
DROP FUNCTION vigia_report_locations();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0019_locations"), ("tracking", "0031_follow")]

    operations = [
        migrations.AddField(
            model_name="progressreport",
            name="locations",
            field=models.JSONField(
                blank=True,
                db_default=[],
                default=list,
                help_text="Los lugares en que se trabajó. Vacío: no se dijo dónde.",
                verbose_name="dónde",
            ),
        ),
        migrations.RunSQL(FIT, NOT_FIT),
    ]
