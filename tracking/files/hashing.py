"""Take an upload for its digest: its bytes are counted and thrown away as they come.

Only of what begins as a PDF does are they kept too, until the request is answered, in a file
that has no name: what it has attached can only be found by going to and fro in it.
"""

import hashlib
import io
import tempfile
from typing import IO, Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

BEGINNING: Final = 1024
"""Within so many bytes those who read PDF look for its mark."""


class DigestedFile(UploadedFile):
    """What is left of a file that somebody sent: its name, its size and its ``sha256``.

    ``is_pdf`` says whether its bytes are there as well.
    """

    def __init__(self, name: str | None, size: int, sha256: str, pdf: IO[bytes] | None) -> None:
        super().__init__(file=pdf or io.BytesIO(), name=name, size=size)
        self.sha256, self.is_pdf = sha256, pdf is not None

    def begins_with(self, sha256: str, size: int) -> bool:
        """Whether the first SIZE bytes of a PDF that has more give SHA256."""
        if not self.is_pdf or (self.size or 0) <= size:
            return False
        self.seek(0)
        return hashlib.sha256(self.read(size)).hexdigest() == sha256


class DigestingHandler(FileUploadHandler):
    """Keeps the digest of what passed, and of a PDF its bytes."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._digest = hashlib.sha256()
        self._pdf: IO[bytes] | None = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._digest.update(raw_data)
        if not start and b"%PDF-" in raw_data[:BEGINNING]:
            self._pdf = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the request
        if self._pdf:
            self._pdf.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile:
        if self._pdf:
            self._pdf.flush()
        return DigestedFile(self.file_name, file_size, self._digest.hexdigest(), self._pdf)
