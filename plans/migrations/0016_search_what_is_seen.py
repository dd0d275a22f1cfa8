"""What is typed as it is seen is found: «-03 carreteras», «agua -desagüe».

A hyphen leaves a word out only after another word, and before no figure; at the beginning it is a
bullet. And whatever a hyphen leaves out, a text with the very words in their order is found too.
"""

from importlib import import_module

from django.db import migrations

words = import_module("plans.migrations.0004_search_words")

QUERY = r"""
CREATE OR REPLACE FUNCTION vigia_search_query(text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT CASE
            WHEN asked::text LIKE '%!%'
            THEN asked
                || phraseto_tsquery('pg_catalog.spanish', public.vigia_search_text($1))
            ELSE asked
        END
        FROM (SELECT websearch_to_tsquery('pg_catalog.spanish', public.vigia_search_words(
            regexp_replace(
            regexp_replace($1, '[{JOINTS}]', ';', 'g'),
                '^ *-|(?<=[^ "])-|-(?=[ ;-]|$|"?[0-9])', ';', 'g'))) AS asked) AS typed $$;
""".replace("{JOINTS}", words.JOINTS)
BEFORE = r"""
CREATE OR REPLACE FUNCTION vigia_search_query(text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT websearch_to_tsquery('pg_catalog.spanish', public.vigia_search_words(
        regexp_replace(
        regexp_replace($1, '[{JOINTS}]', ';', 'g'),
            '(?<=[^ "])-|-(?=[ ;-]|$)', ';', 'g'))) $$;
""".replace("{JOINTS}", words.JOINTS)


class Migration(migrations.Migration):
    dependencies = [("plans", "0015_cross_references")]

    operations = [migrations.RunSQL(QUERY, BEFORE)]
