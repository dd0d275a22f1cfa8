"""Where uploaded files are kept, and those that pages are drawn with."""

import json
import os
import secrets
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

MANIFEST: Final = "staticfiles.json"


class WholeFileStorage(FileSystemStorage):
    """Files on disk, under the very name asked for, each there whole or not at all.

    A file is written beside its place, reaches the disk, and only then takes its name: a power
    cut in between leaves nothing by that name. Who saves a name again replaces the file. What could
    not be written, as on a full disk, is taken away again.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: "File[bytes]") -> str:
        beside = f"{name}.{secrets.token_hex(8)}"
        try:
            written = Path(self.path(super()._save(beside, content)))  # type: ignore[misc]
        except OSError:
            Path(self.path(beside)).unlink(missing_ok=True)
            raise
        with written.open("rb") as file:
            os.fsync(file.fileno())
        written.replace(self.path(name))
        _reach_the_disk(written.parent)
        return name


class ReleasedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Static files under their digest; the manifest says of which release they are."""

    manifest_name = MANIFEST

    def save_manifest(self) -> None:
        super().save_manifest()
        storage: Any = self.manifest_storage
        with storage.open(MANIFEST) as file:
            manifest = json.load(file) | {"release": settings.RELEASE}
        storage.delete(MANIFEST)
        storage.save(MANIFEST, ContentFile(json.dumps(manifest).encode()))


def _reach_the_disk(directory: Path) -> None:
    """Make the names in DIRECTORY as lasting as the files."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
