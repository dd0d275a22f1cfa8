"""Words meet whatever their number, and whatever is printed around them.

One IMMUTABLE function, ``vigia_search_words``, makes words alike for what is searched and for the
question. Of what is searched all that is neither letter nor figure is a space. Of a question
quotation marks and a leading hyphen keep their meaning; what else stands between two words, as in
«público/privado» or «30,5», asks for one right after the other.
"""

from django.db import migrations

# All that separates words: code points, because classes of characters depend on the locale.
SEPARATORS = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9"
    r"\u00bb-\u00bf\u00d7\u00f7\u1680\u2000-\u206f\u20a0-\u20cf\u2150-\u215f\u2190-\u2bff"
    r"\u3000-\u303f\ue000-\uf8ff\ufeff\ufffd"
)
# In a question: not the space, the quotation mark and the hyphen.
JOINTS = SEPARATORS.replace(r"\u0001-\u002f", r"\u0001-\u001f\u0021\u0023-\u002c\u002e\u002f")

# PostgreSQL's Spanish stemmer keeps apart the two numbers of a short word ("obra", "obras"), of one
# that looks like a verb ("ciudad", "mujer", "lugar") and of one in -z. So a plural loses its -s
# or -es before it is stemmed, and -z, -ce and -ces become -c. Left as they are: verbs in
# -amos and -emos, which the stemmer knows, and the function words whose singular it does not know.
# Last, "-ión" gets its accent back, without which "educación" and "educaciones" do not meet.
WORDS = rf"""
CREATE FUNCTION vigia_search_words(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT
        regexp_replace(
        regexp_replace(
        regexp_replace(
        regexp_replace(public.vigia_plain($1),
            '([aeiou][dlrnsy])es\M', '\1', 'g'),
            '(?<=\m(recla|presta|supre)mo)s\M|'
            '(?<=[a-z]{{2}}[aeo])(?<![ae]mo)(?<!\m(algun|nosotr)[ao])s\M', '', 'g'),
            '(?<=[a-z])(z|ce)\M', 'c', 'g'),
            'ion\M', 'ión', 'g')
    $$;
CREATE OR REPLACE FUNCTION vigia_search_text(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT public.vigia_search_words(regexp_replace($1, '[{SEPARATORS}]', ' ', 'g')) $$;
CREATE FUNCTION vigia_search_query(text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT websearch_to_tsquery('pg_catalog.spanish', public.vigia_search_words(
        regexp_replace(
        regexp_replace($1, '[{JOINTS}]', ';', 'g'),
            '(?<=[^ "])-|-(?=[ ;-]|$)', ';', 'g'))) $$;
"""
ONLY_STEMS = r"""
DROP FUNCTION vigia_search_query(text);
CREATE OR REPLACE FUNCTION vigia_search_text(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT regexp_replace(public.vigia_plain($1), 'ion\M', 'ión', 'g') $$;
DROP FUNCTION vigia_search_words(text);
"""
# A generated column is computed when its row is written, and its index with it.
AGAIN = "UPDATE plans_planelement SET statement = statement"


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_measuringterms_schedule")]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, AGAIN),
        migrations.RunSQL(WORDS, ONLY_STEMS),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
    ]
