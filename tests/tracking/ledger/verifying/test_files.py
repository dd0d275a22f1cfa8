"""A support's bytes are what was published, or the command says which are not."""

from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.tracking.ledger.verifying.scene import (
    ACT,
    Scene,
    faults,
    stored_otherwise,
    verified,
    verified_whole,
)
from tracking.models import Support, Withholding
from tracking.services.supports import withhold

pytestmark = pytest.mark.usefixtures("scene")


def kept() -> Support:
    """The one that was not withheld."""
    return Support.objects.exclude(sha256__in=Withholding.objects.values("sha256")).get()


def test_bytes_that_were_changed_are_found() -> None:
    support = kept()
    with stored_otherwise(support, b"otros bytes"):
        assert faults() == [
            "210101: un sustento del informe 2019-I de S.1.1.1 tiene otros bytes que los "
            f"publicados (código {support.sha256})."
        ]
    verified()


@pytest.mark.parametrize("error", [FileNotFoundError, PermissionError])
def test_bytes_that_are_gone_or_cannot_be_read_are_told_apart(error: type[OSError]) -> None:
    support = kept()
    with patch.object(default_storage, "open", side_effect=error):
        assert faults() == [
            "210101: falta, o no se puede leer, el archivo de un sustento del informe 2019-I de "
            f"S.1.1.1 (código {support.sha256})."
        ]


class Piecemeal(ContentFile):  # type: ignore[type-arg]
    """Bytes that nobody may have at once."""

    def read(self, size: int = -1) -> bytes:
        assert 0 < size <= self.DEFAULT_CHUNK_SIZE
        return bytes(self.file.read(size))


def test_a_file_is_read_in_pieces() -> None:
    with patch.object(default_storage, "open", return_value=Piecemeal(ACT)) as opened:
        verified()
    opened.assert_called_once()


def test_what_was_withheld_may_be_gone(scene: Scene) -> None:
    support = Support.objects.select_related("report").get(pk=kept().pk)
    withhold(support, "Lleva DNI.", by=scene.planner)
    with stored_otherwise(support, None):
        verified()


def test_files_can_be_left_out_and_it_says_so() -> None:
    with stored_otherwise(kept(), b"otros bytes"):
        assert "Los archivos de los sustentos no se leyeron." in verified_whole("--without-files")
