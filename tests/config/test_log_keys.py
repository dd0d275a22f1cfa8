"""The log's keys are told where it is real, made on one's own machine, and refused where wrong."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from config.log_keys import LogKeys, log_keys
from config.site import site_of
from tracking.transparency.keys import former_verifiers, signers, verifiers
from tracking.transparency.notes import Algorithm, Signer

ORIGIN = "vigia.example.pe/registro"
OLD, NEW = Signer.new(ORIGIN), Signer.new(ORIGIN)
WITNESS = Signer.new(ORIGIN, Algorithm.COSIGNATURE)
REAL = "https://vigia.example.pe"

Told = Callable[..., LogKeys]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """The keys of an installation at an address with some variables, in a directory of its own."""
    monkeypatch.setenv("VIGIA_CLUSTER_DIR", str(tmp_path))
    return lambda address=REAL, **said: log_keys(site_of(address), said, tmp_path)


def test_a_real_portal_without_keys_signs_nothing(told: Told, tmp_path: Path) -> None:
    assert told() == LogKeys(ORIGIN, signers=[], verifiers=[], former=[])
    assert list(tmp_path.iterdir()) == []


def test_who_signs_knows_the_public_keys_and_who_serves_only_these(told: Told) -> None:
    both = f"{OLD}, {NEW}"
    public = [str(OLD.verifier), str(NEW.verifier)]
    assert told(LOG_KEYS=both) == LogKeys(ORIGIN, [str(OLD), str(NEW)], public, [])
    assert told(LOG_PUBLIC_KEYS=",".join(public)) == LogKeys(ORIGIN, [], public, [])
    assert told(LOG_KEYS=both, LOG_PUBLIC_KEYS=",".join(reversed(public))).verifiers == public


def test_a_key_in_use_is_no_former_one(told: Told) -> None:
    former = f"{OLD.verifier},{NEW.verifier}"
    assert told(LOG_KEYS=str(NEW), LOG_FORMER_KEYS=former).former == [str(OLD.verifier)]


def test_a_log_that_began_anew_still_knows_the_key_of_its_former_name(told: Told) -> None:
    anew = told(LOG_ORIGIN=f"{ORIGIN}/2", LOG_FORMER_KEYS=str(OLD.verifier))
    assert (anew.origin, anew.former) == (f"{ORIGIN}/2", [str(OLD.verifier)])


def test_one_s_own_machine_makes_a_key_and_keeps_it(told: Told, tmp_path: Path) -> None:
    made = told("http://localhost:8000")
    assert told("http://localhost:8107") == made
    assert (made.origin, len(made.signers), len(made.verifiers)) == ("localhost/registro", 1, 1)
    assert stat.S_IMODE((tmp_path / "log_seed").stat().st_mode) == 0o600
    assert told("http://localhost", LOG_PUBLIC_KEYS=made.verifiers[0]).signers == []


def test_the_name_stays_where_the_portal_moves(told: Told) -> None:
    moved = told("https://otro.example.pe", LOG_ORIGIN=ORIGIN, LOG_KEYS=str(OLD))
    assert moved == LogKeys(ORIGIN, [str(OLD)], [str(OLD.verifier)], [])
    with pytest.raises(ImproperlyConfigured, match="LOG_ORIGIN conserva el nombre"):
        told("https://otro.example.pe", LOG_KEYS=str(OLD))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"LOG_KEYS": str(OLD.verifier)}, "LOG_KEYS no es una clave privada"),
        ({"LOG_KEYS": str(OLD)[:-5]}, "LOG_KEYS no es una clave privada"),
        ({"LOG_KEYS": str(WITNESS)}, "una clave de testigo"),
        ({"LOG_PUBLIC_KEYS": "clave"}, "LOG_PUBLIC_KEYS debe tener claves públicas"),
        ({"LOG_FORMER_KEYS": str(OLD)}, "LOG_FORMER_KEYS debe tener claves públicas"),
        ({"LOG_PUBLIC_KEYS": str(Signer.new("x").verifier)}, "LOG_PUBLIC_KEYS tiene una clave de"),
        (
            {"LOG_KEYS": str(OLD), "LOG_PUBLIC_KEYS": str(NEW.verifier)},
            "no son las claves públicas",
        ),
        ({"LOG_ORIGIN": "https://vigia.example.pe/registro"}, "LOG_ORIGIN es"),
        ({"LOG_ORIGIN": "mi registro"}, "LOG_ORIGIN es"),
    ],
)
def test_what_is_wrong_is_said_and_no_private_key_with_it(
    said: dict[str, str], why: str, told: Told
) -> None:
    with pytest.raises(ImproperlyConfigured, match=why) as raised:
        told(**said)
    for key in (OLD, NEW, WITNESS):
        # PRIVATE+KEY+name+hash+base64, and base64 has a + of its own
        assert str(key).split("+", maxsplit=4)[-1][:20] not in str(raised.value)


def test_the_command_s_key_is_one(
    capsys: pytest.CaptureFixture[str], told: Told, settings: Any
) -> None:
    settings.LOG_ORIGIN = ORIGIN
    call_command("new_log_key")
    said = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())
    made = told(**said)
    settings.LOG_KEYS, settings.LOG_PUBLIC_KEYS = made.signers, made.verifiers
    settings.LOG_FORMER_KEYS = [str(OLD.verifier)]
    assert [each.verifier for each in signers()] == verifiers()
    assert str(verifiers()[0]) == said["LOG_PUBLIC_KEYS"]
    assert former_verifiers() == [OLD.verifier]
