"""Uploaded files on the disk: whole, under their own name, for the application alone."""

import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from config.storage import WholeFileStorage


@pytest.fixture
def storage(tmp_path: Path) -> WholeFileStorage:
    return WholeFileStorage(tmp_path, file_permissions_mode=0o600, directory_permissions_mode=0o700)


def test_a_file_takes_the_name_that_was_asked_for(storage: WholeFileStorage) -> None:
    for content in (b"uno", b"dos, y algo mas"):
        assert storage.save("sustentos/ab/abcd", ContentFile(content)) == "sustentos/ab/abcd"
        assert Path(storage.path("sustentos/ab/abcd")).read_bytes() == content
    assert storage.listdir("sustentos/ab") == ([], ["abcd"])


def test_a_file_that_could_not_be_written_whole_has_no_name(storage: WholeFileStorage) -> None:
    class Broken(ContentFile):  # type: ignore[type-arg]
        def chunks(self, chunk_size: int | None = None) -> object:  # type: ignore[override]
            yield b"la mitad"
            raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space left"):
        storage.save("sustentos/ab/abcd", Broken(b""))
    assert storage.listdir("sustentos/ab") == ([], [])  # nothing that keeps a full disk full


def test_nobody_else_on_the_machine_reads_it(storage: WholeFileStorage) -> None:
    storage.save("sustentos/ab/abcd", ContentFile(b"uno"))
    file = Path(storage.path("sustentos/ab/abcd"))
    modes = [stat.S_IMODE(place.stat().st_mode) for place in (file, file.parent)]
    assert modes == [0o600, 0o700]
