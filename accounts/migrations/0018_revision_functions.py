from django.db import migrations

# PL/pgSQL keeps the plan of what a function asks for as long as a connection to the server lasts,
# also behind a pooler in transaction mode, where nobody else can.
FUNCTIONS = """
CREATE FUNCTION vigia_revision() RETURNS numeric LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT COALESCE(SUM(revision), 0) FROM accounts_municipality);
END $$;
CREATE FUNCTION vigia_revision_of_region(region_slug text) RETURNS numeric
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT COALESCE(SUM(revision), 0) FROM accounts_municipality
        WHERE vigia_plain(region) = replace(region_slug, '-', ' ')
    );
END $$;
CREATE FUNCTION vigia_revision_of_province(of_slug text) RETURNS numeric
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT COALESCE(SUM(revision), 0) FROM accounts_municipality
        WHERE (region, province)
            = (SELECT region, province FROM accounts_municipality WHERE slug = of_slug)
    );
END $$;
CREATE FUNCTION vigia_revision_of(of_slug text) RETURNS numeric LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT COALESCE(SUM(revision), 0) FROM accounts_municipality WHERE slug = of_slug);
END $$;
"""
REMOVE = """
DROP FUNCTION vigia_revision_of(text);
DROP FUNCTION vigia_revision_of_province(text);
DROP FUNCTION vigia_revision_of_region(text);
DROP FUNCTION vigia_revision();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0017_follow"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, REMOVE),
    ]
