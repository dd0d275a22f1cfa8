"""S3 for tests: what speaks it as Amazon does, in this process."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final
from unittest.mock import patch

from botocore.loaders import JSONFileLoader
from django.core.files.storage import storages
from django.test import override_settings
from moto.server import ThreadedMotoServer

from config.files_url import stores_of

SECRET: Final = "no/se/dice"


@contextmanager
def serving() -> Iterator[str]:
    """An S3 with one empty bucket; its FILES_URL. What boto3 reads of S3 is read once for all."""
    read = cache(JSONFileLoader().load_file)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    address = f"s3+http://clave:no%2Fse%2Fdice@127.0.0.1:{server.get_host_and_port()[1]}/vigia"
    with override_settings(STORAGES=stores_of(address)):
        bucket: Any = storages["bucket"]
        bucket.connection.create_bucket(Bucket="vigia")
    with patch.object(JSONFileLoader, "load_file", lambda _loader, path: read(path)):
        yield address
    server.stop()
