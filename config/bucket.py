"""Files in a bucket of whoever speaks S3, which nobody reaches but through the portal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

from accounts.outage import FilesAway

CONNECTING: Final = 3  # seconds
ANSWERING: Final = 10  # seconds without a byte
TRIES: Final = 2  # all together less than a page may keep a transaction open (config/limits.py)
IN_MEMORY: Final = 1_000_000  # bytes; what is larger is read through on the disk
IN_ONE_PIECE: Final = 100_000_000  # bytes; more than anybody may send, so that each is there or not


class Bucket(S3Storage):  # type: ignore[misc]
    """Each file under the very name asked for; who saves a name again replaces it.

    No file is given an ACL of its own: that the bucket is closed is the bucket's to say. What S3
    does not find is FileNotFoundError, all else that may go wrong FilesAway.
    """

    def get_default_settings(self) -> dict[str, Any]:
        return {
            **super().get_default_settings(),
            "max_memory_size": IN_MEMORY,
            "client_config": Config(
                connect_timeout=CONNECTING,
                read_timeout=ANSWERING,
                retries={"mode": "standard", "total_max_attempts": TRIES},
                # Sums that were added to S3 of late, and that not everybody who speaks it knows.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
            "transfer_config": TransferConfig(
                multipart_threshold=IN_ONE_PIECE, num_download_attempts=TRIES, use_threads=False
            ),
        }

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        with _told():
            file: File[bytes] = super()._open(name, mode)
            file.open()  # all of it is fetched now: nothing is left to fail
            return file

    def _save(self, name: str, content: "File[bytes]") -> str:
        with _told():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _told():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _told():
            return bool(super().exists(name))

    def is_open_to_anybody(self, name: str) -> bool:
        """Whether a stranger who knows its address is given NAME."""
        client = self.unsigned_connection.meta.client
        try:
            client.head_object(Bucket=self.bucket_name, Key=self._normalize_name(name))
        except ClientError:
            return False
        except BotoCoreError as error:
            raise FilesAway(str(error)) from error
        return True


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except (BotoCoreError, Boto3Error, ClientError, RetriesExceededError, OSError) as error:
        raise FilesAway(str(error)) from error
