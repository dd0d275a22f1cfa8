"""When no archive is made, and what was there then stays: in one sentence."""

import datetime as dt
import errno
import os
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError
from django.http import Http404, HttpResponse
from django.utils import timezone

from plans.models import Plan
from tests.tracking.issued import Accounted, accounted_in, on
from tests.tracking.transparency.trees import enter
from tracking.archiving import archive as making
from tracking.archiving.archive import archive
from tracking.archiving.folder import whole_or_nothing
from tracking.archiving.refused import CannotArchive
from tracking.transparency.growing import grow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The portal answers each address with nothing: no page leads further."""
    monkeypatch.setattr(making, "answer", lambda *_asked: HttpResponse())


@pytest.fixture
def accounted(accounted: Accounted) -> Accounted:
    """Puno's, all of it in the log."""
    grow(at=timezone.now())
    return accounted


def _refused(*arguments: str, into: Path, **options: Any) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("archive", *arguments, into=into, **options)
    return str(refused.value)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("puno", "«puno» no es un plan: escríbalo como en su dirección, puno/2019-2022."),
        ("puno/2019", "no es un plan"),
        ("puno/2015-2018", "No hay ningún plan en /m/puno/2015-2018/."),
        ("nada/2019-2022", "No hay ningún plan en /m/nada/2019-2022/."),
        ("puno/2019-2022/otra-lista", "No hay ningún plan en /m/puno/2019-2022/otra-lista/."),
        ("../../etc/2019-2022", "no es un plan"),
    ],
)
def test_a_plan_that_there_is_not(
    plan: str, said: str, accounted: Accounted, tmp_path: Path
) -> None:
    assert said in _refused(plan, into=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_that_nobody_can_read(accounted: Accounted, tmp_path: Path) -> None:
    Plan.objects.update(version=0)
    assert "no está publicado" in _refused("puno/2019-2022", into=tmp_path)


def test_one_whose_term_runs(accounted: Accounted, tmp_path: Path) -> None:
    with on(dt.date(2022, 12, 31)):
        said = _refused("puno/2019-2022", into=tmp_path)
    assert said == (
        "Su periodo no ha terminado: el archivo se hace después del 31 de diciembre de 2022."
    )


def test_one_of_which_something_waits_for_the_log(accounted: Accounted, tmp_path: Path) -> None:
    accounted.correct()
    assert "todavía no está en el registro" in _refused("puno/2019-2022", into=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_others_publish_meanwhile_keeps_nobody_waiting(
    accounted: Accounted, tmp_path: Path
) -> None:
    enter(accounted_in("Lamas", "220501").plan.municipality, 2)
    assert archive(accounted.plan, tmp_path).path.is_dir()


def test_one_whose_edition_is_being_printed(accounted: Accounted, tmp_path: Path) -> None:
    accounted.issue()
    grow(at=timezone.now())
    assert _refused("puno/2019-2022", into=tmp_path) == (
        "Faltan 2 archivos de sus rendiciones de cuentas: los hace «manage.py work»."
    )


@pytest.mark.parametrize(
    ("answered", "why"),
    [
        (Http404(), "Http404"),
        (InternalError("read-only"), "InternalError"),
        ([HttpResponse(status=503)], "503"),
    ],
)
def test_a_page_that_the_portal_links_and_does_not_show(
    answered: Any, why: str, accounted: Accounted, tmp_path: Path
) -> None:
    with mock.patch.object(making, "answer", side_effect=answered):
        said = _refused("puno/2019-2022", into=tmp_path)
    assert said == f"El portal no muestra /m/puno/2019-2022/ ({why}): avise a quien lo mantiene."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "No hay espacio en "),
        (errno.EACCES, "No se puede escribir en "),
        (errno.EROFS, "No se puede escribir en "),
        (errno.EIO, "No se pudo escribir en "),
    ],
)
def test_a_disk_that_takes_no_more(
    number: int, said: str, accounted: Accounted, tmp_path: Path
) -> None:
    failure = OSError(number, os.strerror(number))
    with mock.patch.object(making, "write_data", side_effect=failure):
        assert _refused("puno/2019-2022", into=tmp_path).startswith(said)
    assert list(tmp_path.iterdir()) == []


class TestOneThatIsThere:
    @pytest.fixture
    def there(self, tmp_path: Path) -> Path:
        place = tmp_path / "puno-2019-2022"
        place.mkdir()
        (place / "index.html").write_text("el de antes")
        return place / "index.html"

    def test_it_stays_unless_it_is_to_be_replaced(
        self, accounted: Accounted, there: Path, tmp_path: Path
    ) -> None:
        said = _refused("puno/2019-2022", into=tmp_path)
        assert said.startswith(f"Ya hay un archivo en {there.parent}.")
        assert there.read_text() == "el de antes"

    def test_it_is_replaced_whole(self, accounted: Accounted, there: Path, tmp_path: Path) -> None:
        (there.parent / "vieja.html").write_text("ya no está")
        call_command("archive", "puno/2019-2022", into=tmp_path, replace=True)
        assert "Copia de archivo" in there.read_text()
        assert not (there.parent / "vieja.html").exists()
        assert [each.name for each in tmp_path.iterdir()] == ["puno-2019-2022"]

    def test_it_stays_when_the_command_ends_half_way(
        self, accounted: Accounted, there: Path, tmp_path: Path
    ) -> None:
        with (
            mock.patch.object(making, "rewritten", side_effect=KeyboardInterrupt),
            pytest.raises(KeyboardInterrupt),
        ):
            call_command("archive", "puno/2019-2022", into=tmp_path, replace=True)
        assert there.read_text() == "el de antes"
        assert [each.name for each in tmp_path.iterdir()] == ["puno-2019-2022"]

    def test_what_a_killed_one_left_is_in_nobodys_way(self, there: Path, tmp_path: Path) -> None:
        left = tmp_path / ".puno-2019-2022.parcial" / "m"
        left.mkdir(parents=True)
        (left / "a.html").write_text("a medias")
        with whole_or_nothing(there.parent, replace=True) as folder:
            folder.write("index.html", [b"el nuevo"])
        assert there.read_text() == "el nuevo"
        assert [each.name for each in there.parent.iterdir()] == ["index.html"]

    def test_everybody_reads_it_whoever_made_it(self, tmp_path: Path) -> None:
        """nginx serves it, which is another user than the portal."""
        place = tmp_path / "archivos" / "puno-2019-2022"
        place.parent.mkdir()
        before = os.umask(0o077)
        try:
            with whole_or_nothing(place, replace=False) as folder:
                folder.write("m/a.html", [b"una"])
            assert os.umask(0o077) == 0o077
        finally:
            os.umask(before)
        assert {each.stat().st_mode & 0o777 for each in (place, place / "m")} == {0o755}
        assert (place / "m/a.html").stat().st_mode & 0o777 == 0o644

    def test_one_that_was_killed_between_two_names_is_there_again(
        self, there: Path, tmp_path: Path
    ) -> None:
        there.parent.rename(tmp_path / ".puno-2019-2022.anterior")
        with pytest.raises(CannotArchive), whole_or_nothing(there.parent, replace=False):
            pass
        assert there.read_text() == "el de antes"

    def test_two_at_once_do_not_write_into_one(self, there: Path) -> None:
        with whole_or_nothing(there.parent, replace=True) as folder:
            folder.write("index.html", [b"el nuevo"])
            with (
                pytest.raises(CannotArchive, match="Otra orden"),
                whole_or_nothing(there.parent, replace=True),
            ):
                pass
        assert there.read_text() == "el nuevo"

    def test_nobody_else_puts_the_former_one_back_meanwhile(
        self, there: Path, tmp_path: Path
    ) -> None:
        with whole_or_nothing(there.parent, replace=True) as folder:
            folder.write("index.html", [b"el nuevo"])
            former = there.parent.rename(tmp_path / ".puno-2019-2022.anterior")
            with (
                pytest.raises(CannotArchive, match="Otra orden"),
                whole_or_nothing(there.parent, replace=True),
            ):
                pass
            assert former.exists()
        assert there.read_text() == "el nuevo"

    def test_it_is_put_back_where_the_new_one_cannot_take_its_place(
        self, there: Path, tmp_path: Path
    ) -> None:
        def rename(path: Path, to: Path) -> None:
            if path.name.endswith(".parcial"):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            path.replace(to)

        with (
            mock.patch.object(Path, "rename", rename),
            pytest.raises(OSError, match=os.strerror(errno.EIO)),
            whole_or_nothing(there.parent, replace=True),
        ):
            pass
        assert there.read_text() == "el de antes"
        assert [each.name for each in tmp_path.iterdir()] == ["puno-2019-2022"]


class TestClosed:
    """``--closed``: every one of a term that is over."""

    def test_it_goes_on_after_one_that_fails(
        self, accounted: Accounted, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        other = accounted_in("Lamas", "220501")
        grow(at=timezone.now())
        other.correct()  # waits for the log
        said = _refused(closed=True, into=tmp_path)
        assert said == f"Sin archivo quedaron 1: {other.plan}."
        assert [each.name for each in tmp_path.iterdir()] == ["puno-2019-2022"]

    def test_it_makes_again_only_what_changed(self, accounted: Accounted, tmp_path: Path) -> None:
        place = tmp_path / "puno-2019-2022"
        call_command("archive", closed=True, into=tmp_path)
        first = (place / "archivo.json").read_text()
        enter(accounted.plan.municipality, 1)  # of another term
        grow(at=timezone.now())
        call_command("archive", closed=True, into=tmp_path)
        assert (place / "archivo.json").read_text() == first
        accounted.correct()
        grow(at=timezone.now())
        call_command("archive", closed=True, into=tmp_path)
        assert (place / "archivo.json").read_text() != first

    def test_it_leaves_alone_those_whose_term_runs(
        self, accounted: Accounted, tmp_path: Path
    ) -> None:
        with on(dt.date(2022, 6, 1)):
            call_command("archive", closed=True, into=tmp_path)
        assert list(tmp_path.iterdir()) == []
