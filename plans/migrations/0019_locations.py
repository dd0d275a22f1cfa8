"""How a promise is measured says where it is planned, too; no location is outside what is governed."""

from django.db import migrations, models

# Shared with the reports, which say where was worked: the same shape and limits as in
# `plans/locations.py`, whoever writes.
CHECKED = """
CREATE FUNCTION vigia_check_locations(locations jsonb, governed_by bigint) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    each jsonb;
    point text[];
BEGIN
    IF jsonb_typeof(locations) <> 'array' OR jsonb_array_length(locations) > 40 THEN
        RAISE EXCEPTION 'Los lugares son una lista, y caben 40.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'locations_few';
    END IF;
    FOR each IN SELECT * FROM jsonb_array_elements(locations) LOOP
        IF jsonb_typeof(each) <> 'object' OR NOT COALESCE(
            ARRAY(SELECT jsonb_object_keys(each) ORDER BY 1)
                = ARRAY['district', 'district_name', 'latitude', 'longitude', 'name']
            AND each->>'district' IS NOT NULL AND each->>'name' IS NOT NULL
            AND (each->>'latitude' IS NULL) = (each->>'longitude' IS NULL)
            AND length(each->>'name') <= 120
            AND (each->>'district' <> '') = (each->>'district_name' <> '')
            AND (each->>'district' <> '' OR each->>'name' = '' AND each->>'latitude' IS NULL), FALSE
        ) THEN
            RAISE EXCEPTION 'Un lugar lleva distrito, nombre de hasta 120 letras, latitud y longitud.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'locations_whole';
        END IF;
        IF each->>'district' <> '' AND NOT EXISTS (
            SELECT FROM accounts_municipality district JOIN accounts_municipality governing
                ON governing.id = governed_by AND (
                    district.id = governing.id
                    OR governing.kind = 'provincial'
                    AND district.province = governing.province AND district.region = governing.region
                )
            WHERE district.inei = each->>'district'
        ) THEN
            RAISE EXCEPTION 'Ese distrito no es de la municipalidad.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'locations_governed';
        END IF;
        point := ARRAY[each->>'latitude', each->>'longitude'];
        IF point[1] IS NOT NULL AND (
            point[1] !~ '^-?[0-9]{1,2}[.][0-9]{5}$' OR point[2] !~ '^-?[0-9]{1,2}[.][0-9]{5}$'
            OR point[1]::numeric NOT BETWEEN -18.4 AND 0
            OR point[2]::numeric NOT BETWEEN -81.4 AND -68.6
        ) THEN
            RAISE EXCEPTION 'Ese punto no está en el Perú.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'locations_in_peru';
        END IF;
    END LOOP;
END $$;
"""
NOT_CHECKED = "DROP FUNCTION vigia_check_locations(jsonb, bigint);"

OF_TERMS = """
CREATE FUNCTION vigia_terms_locations() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM vigia_check_locations(NEW.locations, plan.municipality_id)
        FROM plans_planelement element JOIN plans_plan plan ON plan.id = element.plan_id
        WHERE element.id = NEW.element_id;
    RETURN NEW;
END $$;
CREATE TRIGGER locations_fit BEFORE INSERT ON plans_measuringterms
    FOR EACH ROW WHEN (NEW.locations <> '[]') EXECUTE FUNCTION vigia_terms_locations();
"""
NOT_OF_TERMS = """
DROP TRIGGER locations_fit ON plans_measuringterms;
DROP FUNCTION vigia_terms_locations();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("plans", "0018_listed_in_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="measuringterms",
            name="locations",
            field=models.JSONField(
                blank=True,
                db_default=[],
                default=list,
                help_text="Los lugares en que está previsto. Vacío: nadie dijo dónde.",
                verbose_name="dónde",
            ),
        ),
        migrations.RunSQL(CHECKED, NOT_CHECKED),
        migrations.RunSQL(OF_TERMS, NOT_OF_TERMS),
    ]
