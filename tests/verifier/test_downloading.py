"""Fetching what is checked: in order, whole or not at all, and with patience."""

import base64
import io
import json
import re
import urllib.error
from email.message import Message
from pathlib import Path

import pytest

from tests.verifier.portal import Portal, consistency, publish_edition
from tests.verifier.program import run, vigia_verify

ADDRESS = "https://vigia.example"


class Answer(io.BytesIO):
    def __init__(self, data: bytes, length: int) -> None:
        super().__init__(data)
        self.headers = {"Content-Length": str(length)}


class Web:
    """A portal's files, by address; what is asked of it, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.files: dict[str, bytes] = {}
        self.cut: set[str] = set()
        self.busy = 0
        self.asked: list[str] = []
        self.waited: list[float] = []
        monkeypatch.setattr(vigia_verify, "open_address", self.fetch)
        monkeypatch.setattr(vigia_verify.time, "sleep", self.waited.append)

    def fetch(self, address: str) -> Answer:
        path = address.removeprefix(ADDRESS)
        self.asked.append(path)
        if self.busy:
            self.busy -= 1
            raise _error(503, {"Retry-After": "7"})
        if path not in self.files:
            raise _error(404, {})
        data = self.files[path]
        return Answer(data[: len(data) // 2] if path in self.cut else data, len(data))

    def serve(self, portal: Portal, folder: Path, place: str = "") -> None:
        portal.written(folder, place=place)
        base = f"/m/{place}/registro/" if place else "/datos/"
        size = len(portal.leaves)
        names = {
            "checkpoint": "/registro/checkpoint",
            "vigia-log.json": "/.well-known/vigia-log.json",
            "ledger.jsonl": f"{base}ledger.jsonl",
            "contents.jsonl": f"{base}contents.jsonl",
            "proofs.jsonl": f"{base}proofs.jsonl?size={size}",
        }
        self.files |= {
            path: (folder / name).read_bytes()
            for name, path in names.items()
            if (folder / name).exists()
        }


def _error(status: int, headers: dict[str, str]) -> urllib.error.HTTPError:
    said = Message()
    for name, value in headers.items():
        said[name] = value
    return urllib.error.HTTPError(ADDRESS, status, "", said, None)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    return Web(monkeypatch)


def test_the_whole_portal_is_fetched_after_its_head_and_checked(
    portal: Portal, folder: Path, memory: Path, web: Web, tmp_path: Path
) -> None:
    web.serve(portal, tmp_path / "portal")
    done = run("descargar", ADDRESS, folder, memory=memory)
    assert done.status == 0
    assert web.asked == [
        *("/registro/checkpoint", "/.well-known/vigia-log.json"),
        *("/datos/ledger.jsonl", "/datos/contents.jsonl"),
    ]


def test_a_municipality_comes_with_proofs_and_with_that_of_what_was_seen_before(
    portal: Portal, folder: Path, memory: Path, web: Web, tmp_path: Path
) -> None:
    web.serve(portal, tmp_path / "portal", "puno")
    of_one = ("descargar", ADDRESS, folder, "--municipalidad", "puno")
    assert run(*of_one, memory=memory).status == 0
    portal.publish("lamas", "informe", {"valor": "14"}, revision=5)
    web.serve(portal, tmp_path / "portal", "puno")
    proof = [base64.b64encode(each).decode() for each in consistency(7, portal.leaves)]
    said = {"first": 7, "size": 8, "proof": proof}
    web.files["/registro/consistencia/7-8.json"] = json.dumps(said).encode()
    again = run(*of_one, memory=memory)
    assert again.status == 0
    assert "Continúa la cabeza que usted guarda, de 7 asientos." in again.said
    said["proof"] = proof[:-1]
    portal.publish("lamas", "informe", {"valor": "15"}, revision=6)
    web.serve(portal, tmp_path / "portal", "puno")
    web.files["/registro/consistencia/8-9.json"] = json.dumps(said).encode()
    assert run(*of_one, memory=memory).status == 1


def test_editions_are_fetched_by_what_the_ledger_says(
    portal: Portal, folder: Path, memory: Path, web: Web, tmp_path: Path
) -> None:
    said, table, printed, signed = publish_edition(portal, "puno")
    web.serve(portal, tmp_path / "portal")
    edition = "/m/puno/2023-2026/rendicion/2026-I/edicion-1."
    web.files |= {
        f"{edition}json": said,
        f"{edition}csv": table,
        f"{edition}pdf": printed,
        f"{edition}firmado-1.pdf": signed,
    }
    done = run("descargar", ADDRESS, folder, "--ediciones", memory=memory)
    assert done.status == 0
    assert "4 archivos de rendiciones de cuentas" in done.said


def test_a_download_that_is_cut_leaves_no_part_of_a_file(
    portal: Portal, folder: Path, memory: Path, web: Web, tmp_path: Path
) -> None:
    web.serve(portal, tmp_path / "portal")
    web.cut = {"/datos/contents.jsonl"}
    done = run("descargar", ADDRESS, folder, memory=memory)
    assert done.status == 2
    assert "la descarga se cortó" in done.said
    assert not list(folder.glob("contents*"))


def test_a_busy_portal_is_waited_for(
    portal: Portal, folder: Path, memory: Path, web: Web, tmp_path: Path
) -> None:
    web.serve(portal, tmp_path / "portal")
    web.busy = 2
    assert run("descargar", ADDRESS, folder, memory=memory).status == 0
    assert web.waited == [7, 7]
    web.busy = 1000
    busy = run("descargar", ADDRESS, folder, memory=memory)
    assert (busy.status, "sigue ocupado" in busy.said) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("descargar", "ftp://vigia.example", "x"),
        ("descargar", "file:///etc", "x"),
        ("descargar", ADDRESS, "x", "--municipalidad", "../x"),
        ("descargar", ADDRESS, "x"),  # where there is no portal
    ],
)
def test_what_is_no_portal_is_said(
    arguments: tuple[str, ...], memory: Path, web: Web, tmp_path: Path
) -> None:
    placed = [str(tmp_path / each) if each == "x" else each for each in arguments]
    assert run(*placed, memory=memory).status == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((), "Dé una carpeta; o «descargar», la dirección y una carpeta."),
        (("una", "otra"), "Dé una carpeta; o «descargar», la dirección y una carpeta."),
        (("una", "--todo"), "No se conoce: --todo"),
        (("una", "--cabeza"), "--cabeza: falta su valor"),
    ],
)
def test_what_was_typed_wrongly_is_told_in_spanish(
    tmp_path: Path, typed: tuple[str, ...], said: str
) -> None:
    done = run(memory=tmp_path / "memory", options=typed)
    assert done.status == 2
    assert said in done.said


def test_its_help_is_in_spanish(tmp_path: Path) -> None:
    done = run(memory=tmp_path / "memory", options=["--help"])
    assert done.status == 0
    # What argparse would write by itself.
    own = re.compile(r"usage:|(?:positional|optional) arguments|^options:|show this help", re.M)
    assert own.findall(done.said) == []
