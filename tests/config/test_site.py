"""Where the portal is real it does not start until it is told what it cannot guess."""

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.secret import secret_key
from config.site import archives_of, debug_of, proxies_of, site_of

REAL = site_of("https://vigia.example.pe")
MINE = site_of("http://localhost:8000")
KEY = secrets.token_urlsafe(50)


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost",
        "http://localhost:8107",
        "http://vigia.localhost:8000",
        "http://127.0.0.1:8000",
        "http://127.9.9.9",
        "http://[::1]:8000",
        "https://vigia.example.pe",
    ],
)
def test_it_serves_on_one_s_own_machine_or_with_https(address: str) -> None:
    assert site_of(address).geturl() == address


@pytest.mark.parametrize(
    "address",
    ["http://vigia.example.pe", "http://192.168.1.10:8000", "http://localhost.example.pe"],
)
def test_it_does_not_serve_in_public_without_https(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="se sirve con https"):
        site_of(address)


@pytest.mark.parametrize("address", ["vigia.example.pe", "ftp://vigia.example.pe", "https://", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="debe ser como https"):
        site_of(address)


def test_it_serves_under_one_name() -> None:
    with pytest.raises(ImproperlyConfigured, match="sin asterisco"):
        site_of("https://*.example.pe")


def test_no_traceback_is_shown_where_it_is_real() -> None:
    assert debug_of(MINE, value=True)
    assert not debug_of(REAL, value=False)
    with pytest.raises(ImproperlyConfigured, match="Quite DEBUG"):
        debug_of(REAL, value=True)


@pytest.mark.parametrize("weak", ["corta", "ab" * 40, "django-insecure-" + "a1b2c3d4e5f6g7h8" * 4])
def test_a_weak_key_is_taken_on_one_s_own_machine_alone(weak: str) -> None:
    assert secret_key(settings.BASE_DIR, weak, is_real=False) == weak
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY es débil"):
        secret_key(settings.BASE_DIR, weak, is_real=True)


def test_a_real_portal_says_its_key() -> None:
    assert secret_key(settings.BASE_DIR, KEY, is_real=True) == KEY
    with pytest.raises(ImproperlyConfigured, match="Falta SECRET_KEY"):
        secret_key(settings.BASE_DIR, "", is_real=True)


@pytest.mark.parametrize(("said", "count"), [("0", 0), ("1", 1), ("2", 2)])
def test_proxies_are_believed_as_it_is_told(said: str, count: int) -> None:
    assert proxies_of(REAL, said) == count


def test_no_proxy_is_believed_untold() -> None:
    assert proxies_of(MINE, "") == 0
    with pytest.raises(ImproperlyConfigured, match="Falta TRUSTED_PROXIES"):
        proxies_of(REAL, "")
    for said in ("uno", "-1", "1.5"):
        with pytest.raises(ImproperlyConfigured, match="es un número entero"):
            proxies_of(REAL, said)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"TRUSTED_PROXIES": "1"}, "Falta SECRET_KEY"),
        ({"TRUSTED_PROXIES": "1", "SECRET_KEY": KEY}, "Falta EMAIL_URL"),
        ({"EMAIL_URL": "smtp://correo.example.pe"}, "Falta TRUSTED_PROXIES"),
    ],
)
def test_it_does_not_start_and_says_why(said: dict[str, str], missing: str) -> None:
    started = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        env={"PATH": os.environ["PATH"], "SITE_URL": "https://vigia.example.pe", **said},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode != 0
    assert missing in started.stderr.splitlines()[-1]


def test_where_it_is_real_no_other_host_sets_its_cookies_and_none_leaves_without_https() -> None:
    """Browsers hold both by the names of cookies (RFC 6265bis, 4.1.3)."""
    names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "MFA_TRUST_COOKIE_NAME"]
    kept = f"import config.settings as s; print(*(getattr(s, name) for name in {names}))"
    said = {"TRUSTED_PROXIES": "1", "EMAIL_URL": "smtp://correo.example.pe", "SECRET_KEY": KEY}
    started = subprocess.run(
        [sys.executable, "-c", kept],
        env={"PATH": os.environ["PATH"], "SITE_URL": "https://vigia.example.pe", **said},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert started.stdout.split() == ["__Host-sesion", "__Host-csrf", "__Secure-vigia_equipo"]


@pytest.mark.parametrize(
    ("address", "served"),
    [
        ("", ""),
        ("https://vigia.example.pe/archivo", "https://vigia.example.pe/archivo/"),
        ("http://localhost:8000/archivo/", "http://localhost:8000/archivo/"),
    ],
)
def test_archives_are_served_where_it_is_said(address: str, served: str) -> None:
    assert archives_of(address) == served


@pytest.mark.parametrize(
    "address", ["/archivo/", "vigia.example.pe/archivo", "ftp://a.pe/", "https:"]
)
def test_archives_are_served_nowhere_else(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="ARCHIVES_URL"):
        archives_of(address)
