"""What is published stays as it was published, whoever asks and by whatever way.

The application's role is tried by SET ROLE, by a connection of its own and by psql; then the ORM
with all that it offers to change a row, as the owner whom only the triggers stop.
"""

import datetime as dt
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import psycopg2  # type: ignore[import-untyped]
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from config import cluster
from plans.choices import MeasureKind, Standing
from plans.models import MeasuringTerms, Plan, PlanElement, Responsibility
from plans.services.editing import state_terms
from tests.factories import make_person
from tests.meanwhile import PATIENCE, Meanwhile, wait_for_a_lock
from tests.plans.test_database_rules import INTEGRITY, RIGHTS, refused, run
from tests.tracking.office.sent import SEMESTER, add_link, draft, send_again
from tracking.accountability.issuing import issue
from tracking.accountability.rendering import make_file
from tracking.choices import Act, LedgerAct, ReportState
from tracking.models import (
    AccountabilityReport,
    ClosingLine,
    Expenditure,
    LedgerEntry,
    ProgressReport,
    RenderedFile,
    ReviewStep,
    SemesterWindow,
    Support,
    Withholding,
)
from tracking.services.review import publish_reports
from tracking.services.semesters import close_semester
from tracking.services.spending import state_expenditures

Rows = dict[str, Model]

# The table, and the trigger that refuses. The application has no right at all to change what is
# append-only; in the others it may change a row until it is published, or closed.
TRIGGERS = {
    "tracking_progressreport": "published_is_frozen",
    "tracking_support": "published_is_frozen",
    "tracking_semesterwindow": "closed_is_frozen",
    "tracking_reviewstep": "append_only",
    "tracking_closingline": "append_only",
    "tracking_withholding": "append_only",
    "tracking_expenditure": "append_only",
    "plans_measuringterms": "append_only",
    "tracking_ledgerentry": "append_only",
    "tracking_accountabilityreport": "append_only",
    "tracking_renderedfile": "made_is_frozen",
}
TABLES = tuple(TRIGGERS)

ON_ROWS = (
    "UPDATE {table} SET id = id WHERE id = {pk}",
    "UPDATE {table} SET id = -id",
    "DELETE FROM {table} WHERE id = {pk}",
    "DELETE FROM {table}",
    "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE id = {pk}"
    " ON CONFLICT (id) DO UPDATE SET id = excluded.id",
    "MERGE INTO {table} AS t USING (SELECT {pk} AS id) AS s ON t.id = s.id"
    " WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM {table} WHERE id = {pk} RETURNING *) SELECT count(*) FROM gone",
    "DO $$ BEGIN DELETE FROM {table} WHERE id = {pk}; END $$",
)
ON_TABLES = (
    "TRUNCATE {table}",
    "TRUNCATE {table} CASCADE",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE TRIGGER USER",
    "ALTER TABLE {table} DISABLE TRIGGER {trigger}",
    "DROP TRIGGER {trigger} ON {table}",
    "ALTER TABLE {table} ADD COLUMN more int",
    "ALTER TABLE {table} OWNER TO vigia_app",
    "ALTER TABLE {table} RENAME TO other",
    "DROP TABLE {table} CASCADE",
    "CREATE TRIGGER own BEFORE UPDATE ON {table} FOR EACH ROW"
    " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE own AS ON DELETE TO {table} DO INSTEAD NOTHING",
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
)
ON_SESSIONS = (
    "SET session_replication_role = replica",
    "SET LOCAL session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', false)",
    "ALTER ROLE vigia_app SET session_replication_role = 'replica'",
    "ALTER ROLE vigia_app SUPERUSER",
    "GRANT vigia TO vigia_app",
    "DROP FUNCTION vigia_append_only() CASCADE",
    "CREATE OR REPLACE FUNCTION vigia_append_only() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NEW; END'",
    "CREATE OR REPLACE FUNCTION vigia_support_follows_its_report() RETURNS trigger"
    " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "ALTER FUNCTION vigia_append_only() RENAME TO other",
    "COPY tracking_progressreport FROM PROGRAM 'true'",
)
# Only where the session itself began as the application: RESET ROLE is the owner's in the others.
ON_IDENTITY = ("SET ROLE vigia", "SET SESSION AUTHORIZATION vigia")


@pytest.fixture
def element(puno_plan: Plan, puno_unit: Unit) -> PlanElement:
    """An activity of an elected authority's plan, in a semester that takes reports."""
    Plan.objects.filter(pk=puno_plan.pk).update(
        standing=Standing.ELECTED, standing_source="Acta de proclamación, 7 de noviembre de 2018"
    )
    SemesterWindow.objects.create(
        municipality=puno_plan.municipality,
        semester=SEMESTER,
        opens_on=dt.date(2019, 7, 1),
        due_on=dt.date(2019, 7, 31),
        closes_on=dt.date(2019, 8, 15),
    )
    elements = puno_plan.elements.with_reportability().select_related("plan__municipality")
    found: PlanElement = elements.get(ref="S.1.1.1")
    Responsibility(element=found, unit=puno_unit).save()
    return found


@pytest.fixture
def frozen(element: PlanElement, puno: Municipality, reporter: User, planner: User) -> Rows:
    """A row of each table that can no longer change."""
    terms = MeasuringTerms(
        element=element,
        in_force_from=SEMESTER.first_day,
        reason="Se mide así.",
        kind=MeasureKind.DELIVERY,
    )
    state_terms(terms, by=planner)
    open_report = draft(element, reporter)
    support = add_link(open_report, reporter)
    report = send_again(open_report, reporter)
    publish_reports({report.pk: report.edit}, puno, by=planner)
    withheld = Withholding.objects.create(
        municipality=puno, sha256=support.sha256, reason="Tiene DNI.", by=planner
    )
    figures = {"pia": 1, "pim": 2, "accrued": 1, "as_of": SEMESTER.last_day, "source": "SIAF"}
    row = Expenditure(element=element, year=2019, **figures)
    (spent,) = state_expenditures([(row, 0)], by=planner).saved
    line, *_ = close_semester(SemesterWindow.objects.get(), by=planner)
    step = report.review_steps.get(act=Act.SUBMITTED)
    window = SemesterWindow.objects.get()
    entry = LedgerEntry.objects.filter(act=LedgerAct.REPORT).get()
    issued = issue(element.plan, window, edition=1, by=planner)
    file = issued.files.get(kind="csv")
    make_file(file.pk)
    file.refresh_from_db()
    rows = (report, support, window, step, line, withheld, spent, terms, entry, issued, file)
    return dict(zip(TABLES, rows, strict=True))


@pytest.fixture
def application(frozen: Rows) -> Iterator[None]:
    """With the rights of the role that serves the portal."""
    run("SET ROLE vigia_app")
    yield
    run("RESET ROLE")


def picture() -> dict[str, list[Any]]:
    """Every row of every table that is tried."""
    models = (
        ProgressReport,
        Support,
        SemesterWindow,
        ReviewStep,
        ClosingLine,
        Withholding,
        Expenditure,
        MeasuringTerms,
        LedgerEntry,
        AccountabilityReport,
        RenderedFile,
    )
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values()) for model in models
    }


def statement(sql: str, table: str, rows: Rows) -> str:
    row = rows[table]
    written = [each.column for each in row._meta.concrete_fields if not each.generated]
    columns = ", ".join(map(str, written))
    return sql.format(table=table, pk=row.pk, trigger=TRIGGERS[table], columns=columns)


@pytest.mark.django_db
@pytest.mark.usefixtures("application")
def test_the_application_changes_no_row(frozen: Rows) -> None:
    for table in TABLES:
        for sql in ON_ROWS:
            with refused(RIGHTS if TRIGGERS[table] == "append_only" else INTEGRITY):
                run(statement(sql, table, frozen))


@pytest.mark.django_db
@pytest.mark.usefixtures("application")
def test_the_application_changes_no_table(frozen: Rows) -> None:
    for table in TABLES:
        for sql in ON_TABLES:
            with refused(RIGHTS):
                run(statement(sql, table, frozen))


@pytest.mark.django_db
@pytest.mark.usefixtures("application")
def test_the_application_frees_its_session_of_nothing() -> None:
    for sql in ON_SESSIONS:
        with refused(RIGHTS):
            run(sql)


@pytest.mark.django_db
def test_the_owner_is_stopped_by_the_row_itself(frozen: Rows) -> None:
    for table in TABLES:
        for sql in ON_ROWS:
            with refused(INTEGRITY):
                run(statement(sql, table, frozen))


COLUMNS: tuple[dict[str, Any], ...] = (
    {"narrative": "Nunca se dijo."},
    {"state": ReportState.DRAFT},
    {"published_at": None},
    {"progress": 100},
    {"signal": "al día"},
    {"terms": None},
    {"second_review": False},
    {"revision": 7},
    {"semester": SEMESTER.next},
)


@pytest.mark.django_db
def test_no_column_of_a_published_report_changes(frozen: Rows) -> None:
    for change in COLUMNS:
        with refused(INTEGRITY):
            ProgressReport.objects.update(**change)


@pytest.mark.django_db
def test_nothing_is_added_to_what_sustains_a_published_report(frozen: Rows, reporter: User) -> None:
    report = ProgressReport.objects.get()
    support = Support.objects.get()
    with refused(INTEGRITY):
        add_link(report, reporter, "Otra acta")
    assert list(report.supports.all()) == [support]


CHANGES: dict[str, Callable[[Any], Any]] = {
    "save": lambda row: row.save(),
    "save of one column": lambda row: row.save(update_fields=[a_column(row)]),
    "delete": lambda row: row.delete(),
    "update": lambda row: same(row).update(**{a_column(row): F(a_column(row))}),
    "delete of rows": lambda row: same(row).delete(),
    "raw delete": lambda row: same(row)._raw_delete("default"),
    "bulk update": lambda row: every(row).bulk_update([row], [a_column(row)]),
    "update or create": lambda row: every(row).update_or_create(
        pk=row.pk, defaults={a_column(row): getattr(row, a_column(row))}
    ),
    "upsert": lambda row: every(row).bulk_create(
        [row], update_conflicts=True, unique_fields=["id"], update_fields=[a_column(row)]
    ),
}


@pytest.mark.django_db
def test_the_orm_changes_nothing(frozen: Rows) -> None:
    before = picture()
    for table, change in product(TABLES, CHANGES.values()):
        row = type(frozen[table])._base_manager.get(pk=frozen[table].pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            change(row)
        assert picture() == before


def every(row: Model) -> Any:
    return type(row)._base_manager


def same(row: Model) -> Any:
    return every(row).filter(pk=row.pk)


def a_column(row: Model) -> str:
    """A column that anybody might want to rewrite."""
    names = {field.name for field in row._meta.fields}
    tempting = (
        *("narrative", "title", "reason", "source", "signal", "opens_on", "digest"),
        *("content", "kind"),
    )
    return next(name for name in tempting if name in names)


@pytest.mark.django_db
@pytest.mark.usefixtures("application")
def test_until_then_a_report_can_be_changed(
    frozen: Rows, element: PlanElement, reporter: User
) -> None:
    sibling = Plan.objects.get().elements.with_reportability().get(ref="S.1.1.2")
    sibling.plan = element.plan
    report = draft(sibling, reporter, step=None)
    support = add_link(report, reporter)
    ProgressReport.objects.filter(pk=report.pk).update(narrative="Otro texto.")
    Support.objects.filter(pk=support.pk).update(title="Otro título")
    assert Support.objects.get(pk=support.pk).title == "Otro título"
    support.delete()
    assert report.supports.count() == 0
    assert ProgressReport.objects.get(pk=report.pk).narrative == "Otro texto."


# With connections of their own, as whoever breaks into the server that runs the portal would have.


@pytest.fixture
def connect(frozen: Rows, transactional_db: None) -> Iterator[Callable[[], Any]]:
    """Opens connections to the tests' database as the application."""
    settings = connection.settings_dict
    opened = []

    def open_one() -> Any:
        made = psycopg2.connect(
            dbname=settings["NAME"],
            user=cluster.ROLES["app"],
            host=settings["HOST"],
            port=settings["PORT"],
        )
        made.autocommit = True
        opened.append(made)
        return made

    yield open_one
    for each in opened:
        each.close()


def every_attack(rows: Rows) -> list[str]:
    on_tables = [statement(sql, table, rows) for table in TABLES for sql in (*ON_ROWS, *ON_TABLES)]
    return [*on_tables, *ON_SESSIONS, *ON_IDENTITY]


@pytest.mark.django_db(transaction=True)
def test_a_connection_of_the_application_changes_nothing(
    frozen: Rows, connect: Callable[[], Any]
) -> None:
    before = picture()
    cursor = connect().cursor()
    for table in TABLES:
        cursor.execute(f"GRANT ALL ON {table} TO vigia_app")  # answers a warning, and gives nothing
    for sql in every_attack(frozen):
        with pytest.raises(psycopg2.Error) as caught:
            cursor.execute(sql)
        assert caught.value.pgcode in {INTEGRITY, RIGHTS}, sql
    assert picture() == before


@pytest.mark.django_db(transaction=True)
def test_a_table_of_the_session_hides_no_report_from_the_trigger(
    frozen: Rows, connect: Callable[[], Any]
) -> None:
    """Where the database lets a session have temporary tables, its own come first by name."""
    before = picture()
    cursor = connect().cursor()
    try:
        cursor.execute("CREATE TEMPORARY TABLE tracking_progressreport (id bigint, state text)")
    except psycopg2.errors.InsufficientPrivilege:
        pytest.skip("this database lets nobody have temporary tables")
    for path in ("pg_temp, public", "public, pg_temp"):
        cursor.execute(f"SET search_path = {path}")
        with pytest.raises(psycopg2.Error) as caught:
            cursor.execute("DELETE FROM public.tracking_support")
        assert caught.value.pgcode == INTEGRITY
    assert picture() == before


@pytest.mark.django_db(transaction=True)
def test_psql_as_the_application_changes_nothing(frozen: Rows, connect: object) -> None:
    before = picture()
    program = shutil.which("psql")
    assert program
    settings = connection.settings_dict
    done = subprocess.run(
        [program, "--no-psqlrc", "--username", cluster.ROLES["app"], str(settings["NAME"])],
        input=";\n".join(every_attack(frozen)) + ";\n",
        env={**os.environ, "PGHOST": str(settings["HOST"]), "PGPORT": str(settings["PORT"])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    assert done.stderr.count("ERROR:") == len(every_attack(frozen))
    assert picture() == before


# A publication and a new support at the same moment.


@pytest.fixture
def sent(element: PlanElement, reporter: User) -> ProgressReport:
    return send_again(draft(element, reporter), reporter)


@pytest.mark.django_db(transaction=True)
def test_a_support_that_comes_during_a_publication_is_refused(
    sent: ProgressReport, puno: Municipality, reporter: User, planner: User
) -> None:
    adding = Meanwhile(lambda: add_link(sent, reporter))
    with transaction.atomic():
        publish_reports({sent.pk: sent.edit}, puno, by=planner)
        adding.start()
        wait_for_a_lock()
    adding.join(PATIENCE)
    assert isinstance(adding.refused, IntegrityError)
    assert ProgressReport.objects.published().get().supports.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_publication_waits_for_a_support_that_is_being_added(
    sent: ProgressReport, puno: Municipality, reporter: User, planner: User
) -> None:
    publishing = Meanwhile(lambda: publish_reports({sent.pk: sent.edit}, puno, by=planner))
    with transaction.atomic():
        support = add_link(sent, reporter)
        publishing.start()
        wait_for_a_lock()
        assert not ProgressReport.objects.published().exists()
    publishing.join(PATIENCE)
    assert publishing.refused is None
    assert list(ProgressReport.objects.published().get().supports.all()) == [support]


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_publish_it_once(
    sent: ProgressReport, puno: Municipality, planner: User
) -> None:
    second = make_person("second@puno.pe", Role.PLANNING, puno)
    other = Meanwhile(lambda: publish_reports({sent.pk: sent.edit}, puno, by=second))
    with transaction.atomic():
        publish_reports({sent.pk: sent.edit}, puno, by=planner)
        other.start()
        wait_for_a_lock()
    other.join(PATIENCE)
    assert other.refused is None
    assert ProgressReport.objects.published().get().published_by == planner
    assert ReviewStep.objects.filter(act=Act.PUBLISHED).count() == 1
