"""Take an upload for its digest alone: its bytes are counted and thrown away as they come."""

import hashlib
import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class DigestedFile(UploadedFile):
    """What is left of a file that somebody sent: its name, its size and its ``sha256``."""

    def __init__(self, name: str | None, size: int, sha256: str) -> None:
        super().__init__(file=io.BytesIO(), name=name, size=size)
        self.sha256 = sha256


class DigestingHandler(FileUploadHandler):
    """Keeps nothing, in memory or on disk, but the digest of what passed."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._digest.update(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile:
        return DigestedFile(self.file_name, file_size, self._digest.hexdigest())
