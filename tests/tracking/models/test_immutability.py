"""What is published stays as it was published, whoever asks and by whatever way.

The application's role is tried by SET ROLE, by a connection of its own and by psql; then the ORM
with all that it offers to change a row, as the owner whom only the triggers stop.
"""

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

from accounts.models import User
from config import cluster
from plans.models import MeasuringTerms, Plan, PlanElement
from tests.plans.test_database_rules import INTEGRITY, RIGHTS, refused, run
from tests.tracking.models.attacks import (
    ON_ROWS,
    ON_SESSIONS,
    ON_TABLES,
    TABLES,
    TRIGGERS,
    Rows,
    every_attack,
    statement,
)
from tests.tracking.office.sent import SEMESTER, add_link, draft
from tracking.choices import ReportState
from tracking.models import (
    AccountabilityReport,
    ClosingLine,
    Cosignature,
    Expenditure,
    HeadConflict,
    HeadStamp,
    LedgerEntry,
    LogHead,
    LogLeaf,
    LogTile,
    Message,
    PendingLeaf,
    ProgressReport,
    RenderedFile,
    ReviewStep,
    SemesterWindow,
    SignedFile,
    SignedWithholding,
    Support,
    Withholding,
)


def picture() -> dict[str, list[Any]]:
    """Every row of every table that is tried."""
    models = (
        ProgressReport,
        Support,
        SemesterWindow,
        ReviewStep,
        Message,
        ClosingLine,
        Withholding,
        Expenditure,
        MeasuringTerms,
        LedgerEntry,
        AccountabilityReport,
        RenderedFile,
        SignedFile,
        SignedWithholding,
        PendingLeaf,
        LogLeaf,
        LogTile,
        LogHead,
        HeadStamp,
        Cosignature,
        HeadConflict,
    )
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values()) for model in models
    }


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


TILE = "tracking_logtile"
ON_TILES = {
    "DELETE FROM {table}": RIGHTS,
    "UPDATE {table} SET hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1)": INTEGRITY,
    "UPDATE {table} SET hashes = substring(hashes FROM 1 FOR 32)": INTEGRITY,
    "UPDATE {table} SET number = number + 1": INTEGRITY,
    "UPDATE {table} SET level = level + 1": INTEGRITY,
}


@pytest.mark.django_db
@pytest.mark.usefixtures("application")
def test_the_application_lets_a_tile_of_the_log_do_nothing_but_grow(frozen: Rows) -> None:
    for sql, code in ON_TILES.items():
        with refused(code):
            run(sql.format(table=TILE))
    for sql in ON_TABLES:
        with refused(RIGHTS):
            run(sql.format(table=TILE, trigger="only_grows"))


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
        [row],
        update_conflicts=True,
        unique_fields=[row._meta.pk.name],
        update_fields=[a_column(row)],
    ),
}


@pytest.mark.django_db
def test_the_orm_changes_nothing(frozen: Rows) -> None:
    before = picture()
    tables = set(TABLES) - {PendingLeaf._meta.db_table}  # which has no column but its key
    for table, change in product(tables, CHANGES.values()):
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
        *("content", "kind", "text", "sha256", "root", "entry", "authority"),
    )
    return next(name for name in tempting if name in names)


@pytest.mark.django_db
@pytest.mark.usefixtures("application")
def test_until_then_a_report_can_be_changed(
    frozen: Rows, activity: PlanElement, reporter: User
) -> None:
    sibling = Plan.objects.get().elements.with_reportability().get(ref="S.1.1.2")
    sibling.plan = activity.plan
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
