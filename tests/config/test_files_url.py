"""One setting says where files are kept, and never tells its secret."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.files_url import DISK, stores_of


def test_files_are_on_the_disk_unless_a_bucket_is_named() -> None:
    assert stores_of("") == {"default": DISK, "disk": DISK}
    stores = stores_of("s3://clave:a%2Fb%2Bc@s3.example.pe:9000/vigia/archivos?region=lima")
    assert stores["default"] is stores["bucket"]
    assert stores["disk"] == DISK
    assert stores["bucket"]["OPTIONS"] == {
        "access_key": "clave",
        "secret_key": "a/b+c",
        "endpoint_url": "https://s3.example.pe:9000",
        "bucket_name": "vigia",
        "location": "archivos",
        "region_name": "lima",
    }


def test_without_a_key_whoever_serves_has_one_of_the_machine_s() -> None:
    options = stores_of("s3+http://[::1]:9000/vigia")["bucket"]["OPTIONS"]
    assert (options["access_key"], options["secret_key"]) == (None, None)
    assert (options["endpoint_url"], options["region_name"]) == ("http://[::1]:9000", "us-east-1")


@pytest.mark.parametrize(
    "address",
    [
        "http://clave:secreto@s3.example.pe/vigia",
        "s3://clave:secreto@s3.example.pe",
        "s3://clave:secreto@/vigia",
        "s3://clave:secreto@s3.example.pe:puerto/vigia",
        "s3://clave:se/creto@s3.example.pe/vigia",
        "s3://clave:secreto@s3.example.pe/vigia?acl=public-read",
        "s3://clave:secreto@s3.example.pe/vigia?region",
        "s3://clave:secreto@[::1/vigia",
    ],
)
def test_any_other_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FILES_URL debe ser como") as refusal:
        stores_of(address)
    assert refusal.value.__context__ is None or refusal.value.__suppress_context__
    assert "secreto@" not in str(refusal.value)
    assert "creto@s3.example" not in str(refusal.value)
