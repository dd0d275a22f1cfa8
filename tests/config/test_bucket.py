"""Files in a bucket: under their own name, for the portal alone; S3 away is no file gone."""

import os
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from accounts.outage import FilesAway
from config.bucket import IN_MEMORY
from config.doctor import storage
from config.doctor.findings import Grade
from config.files_url import stores_of
from tests.s3 import SECRET

NAME = "sustentos/ab/abcd"
AWAY = "s3+http://clave:no%2Fse%2Fdice@127.0.0.1:9/vigia"
"""Nobody listens at port 9, which throws away what it is sent (RFC 863)."""


@pytest.fixture
def bucket(s3: str, settings: Any) -> Any:
    settings.STORAGES = stores_of(s3)
    return storages["bucket"]


def test_a_file_takes_the_name_that_was_asked_for_whoever_had_it(bucket: Any) -> None:
    for content in (b"uno", b"dos, y algo mas"):
        assert bucket.save(NAME, ContentFile(content)) == NAME
        with bucket.open(NAME) as file:
            assert file.read() == content
    assert bucket.listdir("sustentos/ab") == ([], ["abcd"])
    bucket.delete(NAME)
    assert not bucket.exists(NAME)


def test_a_large_file_waits_on_the_disk_to_be_served(bucket: Any) -> None:
    bucket.save(NAME, ContentFile(os.urandom(IN_MEMORY + 1)))
    with bucket.open(NAME) as file:
        assert isinstance(file.file._file.fileno(), int)
        assert file.file._rolled


def test_a_stranger_is_given_nothing(bucket: Any) -> None:
    bucket.save(NAME, ContentFile(b"uno"))
    assert not bucket.is_open_to_anybody(NAME)
    bucket.bucket.Object(NAME).Acl().put(ACL="public-read")
    assert bucket.is_open_to_anybody(NAME)


def test_what_is_not_there_is_told_from_what_does_not_answer(bucket: Any, settings: Any) -> None:
    with pytest.raises(FileNotFoundError):
        bucket.open("sustentos/ab/otro")
    settings.STORAGES = stores_of(AWAY)
    away: Any = storages["bucket"]
    for use in (away.open, away.exists, away.delete, away.is_open_to_anybody):
        with pytest.raises(FilesAway) as refusal:
            use(NAME)
        assert SECRET not in str(refusal.value)
    with pytest.raises(FilesAway):
        away.save(NAME, ContentFile(b"uno"))


def test_a_refusal_of_s3_is_no_file_that_is_gone(s3: str, settings: Any) -> None:
    settings.STORAGES = stores_of(s3.replace("/vigia", "/otro"))
    with pytest.raises(FilesAway, match="bucket"):
        storages["bucket"].save(NAME, ContentFile(b"uno"))


def test_whoever_examines_the_installation_is_told_of_an_open_bucket(
    s3: str, settings: Any
) -> None:
    stores = stores_of(s3)
    settings.STORAGES = stores
    assert next(each.grade for each in storage.check()) is Grade.FINE
    options = stores["bucket"]["OPTIONS"] | {"default_acl": "public-read"}
    settings.STORAGES = {"default": {**stores["bucket"], "OPTIONS": options}}
    told = next(iter(storage.check()))
    assert (told.grade, "a cualquiera" in told.sentence) == (Grade.WRONG, True)
