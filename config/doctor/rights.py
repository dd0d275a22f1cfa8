"""Whether the application can do in the database what it needs, and nothing else."""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.doctor.findings import Finding, fine, watch, wrong

POWERS: Final = """
    SELECT me.rolname, me.rolsuper, owner.rolname, owner.rolsuper,
        pg_has_role(me.oid, owner.oid, 'MEMBER') AS is_owner,
        has_schema_privilege(me.oid, 'public', 'CREATE')
            OR has_database_privilege(me.oid, current_database(), 'CREATE')
            OR me.rolcreatedb OR me.rolcreaterole AS has_ddl
    FROM pg_roles me, pg_class migrations JOIN pg_roles owner ON owner.oid = migrations.relowner
    WHERE me.rolname = current_user AND migrations.oid = 'public.django_migrations'::regclass
"""
TABLES: Final = """
    SELECT relname,
        has_table_privilege(oid, 'TRUNCATE') AS truncates,
        NOT has_table_privilege(oid, 'SELECT')
            OR relname <> 'django_migrations' AND NOT has_table_privilege(oid, 'INSERT') AS lacks,
        EXISTS (
            SELECT FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
            WHERE tgrelid = pg_class.oid AND tgqual IS NULL AND proname = 'vigia_append_only'
        ) AND (has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE')) AS rewrites
    FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
"""
ENABLED: Final = """
    SELECT tgrelid::regclass::text || '.' || tgname FROM pg_trigger
    WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
"""

FAULTS: Final = (
    gettext_lazy(
        "El rol %(role)s puede vaciar tablas: REVOKE TRUNCATE ON %(tables)s FROM %(role)s."
    ),
    gettext_lazy(
        "El rol %(role)s no puede leer o escribir: GRANT SELECT, INSERT ON %(tables)s TO %(role)s."
    ),
    gettext_lazy(
        "El rol %(role)s puede cambiar lo que solo se añade: "
        "REVOKE UPDATE, DELETE ON %(tables)s FROM %(role)s."
    ),
)
"""What is said of each column of TABLES but the first."""

TRIGGERS: Final = frozenset(
    {
        "plans_crossreference.cross_references_fit",
        "plans_measuringterms.append_only",
        "plans_measuringterms.locations_fit",
        "plans_plan.stays_in_force",
        "plans_planelement.cross_references_fit",
        "plans_planversion.append_only",
        "tracking_accountabilityreport.append_only",
        "tracking_closingline.append_only",
        "tracking_closingline.closed_is_frozen",
        "tracking_cosignature.append_only",
        "tracking_expenditure.append_only",
        "tracking_headconflict.append_only",
        "tracking_headstamp.append_only",
        "tracking_ledgerentry.append_only",
        "tracking_ledgerentry.awaits_the_log",
        "tracking_ledgerentry.goes_on",
        "tracking_loghead.append_only",
        "tracking_loghead.goes_on",
        "tracking_logleaf.append_only",
        "tracking_logleaf.goes_on",
        "tracking_logtile.only_grows",
        "tracking_message.append_only",
        "tracking_pendingleaf.waits_for_its_leaf",
        "tracking_planrecord.append_only",
        "tracking_progressreport.keeps_newest",
        "tracking_progressreport.locations_fit",
        "tracking_progressreport.published_is_frozen",
        "tracking_renderedfile.made_is_frozen",
        "tracking_reviewstep.append_only",
        "tracking_semesterwindow.closed_is_frozen",
        "tracking_signedfile.append_only",
        "tracking_signedfile.begins_as_its_edition",
        "tracking_signedwithholding.append_only",
        "tracking_support.published_is_frozen",
        "tracking_withholding.append_only",
    }
)
"""What keeps published rows as they are, and found: made by migrations, never switched off."""


def check() -> Iterator[Finding]:
    """The role that serves, the owner's, and the triggers. Three queries."""
    yield from _role()
    missing = TRIGGERS - {row[0] for row in _rows(ENABLED)}
    if missing:
        yield wrong(
            _(
                "Faltan o están apagados disparadores que cuidan lo publicado: %s. "
                "Averigüe quién los quitó, y restaure la base de una copia."
            )
            % ", ".join(sorted(missing))
        )
    else:
        yield fine(_("Los disparadores que cuidan lo publicado están encendidos."))


def _role() -> Iterator[Finding]:
    role, is_super, owner, owner_is_super, is_owner, has_ddl = _rows(POWERS)[0]
    if owner_is_super:
        yield wrong(
            _(
                "La dueña de las tablas, %(owner)s, es superusuaria: "
                "ALTER ROLE %(owner)s NOSUPERUSER."
            )
            % {"owner": owner}
        )
    if is_super or is_owner:
        said = wrong if settings.SECURE else watch
        yield said(
            _(
                "El portal entra a la base como %(role)s, que puede cambiar tablas y borrarlo "
                "todo: en DATABASE_URL ponga el rol vigia_app, y el de la dueña solo en "
                "DATABASE_OWNER_URL."
            )
            % {"role": role}
        )
        return
    if has_ddl:
        yield wrong(
            _(
                "El rol %(role)s puede crear tablas, bases o roles: REVOKE CREATE ON SCHEMA public "
                "FROM %(role)s; ALTER ROLE %(role)s NOCREATEDB NOCREATEROLE."
            )
            % {"role": role}
        )
    yield from _tables(role)


def _tables(role: str) -> Iterator[Finding]:
    rows = _rows(TABLES)
    is_right = True
    for column, sentence in enumerate(FAULTS, start=1):
        if tables := [row[0] for row in rows if row[column]]:
            is_right = False
            yield wrong(str(sentence) % {"role": role, "tables": ", ".join(tables)})
    if is_right:
        yield fine(
            _("El rol %s lee y escribe filas; no cambia tablas, no las vacía ni toca lo publicado.")
            % role
        )


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connections["default"].cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
