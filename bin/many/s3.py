"""An S3 that outlives being killed: moto, which keeps all in memory, with each object on the disk.

A program: ``python -m bin.many.s3 PORT FOLDER BUCKET``. What was put is written down before it is
answered, and put again at the next start. No more of S3 is kept than the portal uses.
"""

import io
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple
from werkzeug.test import Client


class Lasting:
    """The APPLICATION, whose objects are also files of FOLDER, by their quoted address."""

    def __init__(self, application: Any, folder: Path) -> None:
        self.application, self.folder = application, folder

    def __call__(self, environ: dict[str, Any], answer: Callable[..., Any]) -> Iterable[bytes]:
        file = self.folder / quote(environ["PATH_INFO"], safe="")
        if environ["REQUEST_METHOD"] == "PUT":
            content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = io.BytesIO(content)
            _write(file, content)
        elif environ["REQUEST_METHOD"] == "DELETE":
            file.unlink(missing_ok=True)
        answered: Iterable[bytes] = self.application(environ, answer)
        return answered

    def put_again(self, bucket: str) -> None:
        client = Client(self.application)
        client.put(f"/{bucket}", base_url="http://127.0.0.1")
        for file in sorted(self.folder.iterdir()):
            address = unquote(file.name)
            if file.suffix != ".new" and address.count("/") > 1:
                client.put(address, base_url="http://127.0.0.1", data=file.read_bytes())


def _write(file: Path, content: bytes) -> None:
    draft = file.with_suffix(".new")
    with draft.open("wb") as written:
        written.write(content)
        os.fsync(written.fileno())
    draft.rename(file)


def main(port: str, folder: str, bucket: str) -> None:
    s3 = Lasting(DomainDispatcherApplication(create_backend_app), Path(folder))
    s3.put_again(bucket)
    run_simple("127.0.0.1", int(port), s3, threaded=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
