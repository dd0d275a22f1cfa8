"""Who stamps the log's heads is told with the roots that vouch for it, and refused where wrong."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.time_stamps import TimeStamps, time_stamps
from tests.tracking.signed import root

URL = "http://tsa.example.pe/tsr?p=1"


@pytest.fixture
def roots(tmp_path: Path) -> str:
    root().write_to(tmp_path)
    return str(tmp_path / "raiz.pem")


def test_without_an_authority_nobody_is_asked() -> None:
    assert time_stamps("", "") == TimeStamps("", [])


def test_an_authority_has_its_roots(roots: str) -> None:
    for url in (URL, "https://tsa.example.pe", "http://127.0.0.1:8200/"):
        assert time_stamps(url, roots) == TimeStamps(url, [root().certificate])


def test_roots_alone_are_for_stamps_of_before(roots: str) -> None:
    assert time_stamps("", roots) == TimeStamps("", [root().certificate])


@pytest.mark.parametrize(
    "url",
    [
        "tsa.example.pe",
        "ftp://tsa.example.pe/",
        "http://",
        "http://tsa.example.pe:0/",
        "http://tsa.example.pe:https/",
        "https://quien:clave@tsa.example.pe/",
        "http://tsa.example.pe/#sello",
        "http://tsa.example.pe/ñ",
        "http://tsa.example.pe/\r\nX: y",
        "http://tsa.example.pe/a b",
        "http://[::1/",
    ],
)
def test_what_is_no_address_is_said_without_repeating_it(url: str, roots: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="TSA_URL debe ser la dirección") as raised:
        time_stamps(url, roots)
    assert "clave@" not in str(raised.value)


def test_without_its_roots_nothing_could_be_known_to_be_its() -> None:
    with pytest.raises(ImproperlyConfigured, match="TSA_URL pide también TSA_ROOTS"):
        time_stamps(URL, "")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "que no se puede leer"),
        (b"", "no hay certificados en PEM"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no hay certificados"),
    ],
)
def test_roots_that_are_none_are_said(content: bytes | None, why: str, tmp_path: Path) -> None:
    path = tmp_path / "raices.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match=why):
        time_stamps(URL, str(path))
