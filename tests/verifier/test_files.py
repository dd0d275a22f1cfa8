"""Files of editions, and files that are cut, hostile, or not what their names say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.verifier.portal import Portal, pdf_with, publish_edition, sha256
from tests.verifier.program import run, vigia_verify


@pytest.fixture
def editions(portal: Portal, folder: Path) -> Path:
    """The folder of the files of an edition, which are all right."""
    files = publish_edition(portal, "puno")
    place = portal.written(folder) / "ediciones"
    place.mkdir()
    for name, data in zip(("a.json", "a.csv", "a.pdf", "firmado.pdf"), files, strict=True):
        (place / name).write_bytes(data)
    return place


def test_the_files_of_an_edition_are_held_to_the_ledger(
    editions: Path, folder: Path, memory: Path
) -> None:
    seen = run(folder, memory=memory)
    assert seen.status == 0
    assert "4 archivos de rendiciones de cuentas, con lo que llevan dentro." in seen.said


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("a.json", lambda data: data + b" ", "ninguna rendición asentada tiene ese contenido"),
        ("a.csv", lambda data: data + b"x", "no se asentó ningún archivo con esos bytes"),
        ("a.pdf", lambda data: data[:-20], "está cortado"),
        ("a.pdf", lambda data: data + b"% otro\n%%EOF", "pero no son los bytes que se asentaron"),
        ("a.pdf", lambda data: pdf_with(b"{}"), "no se asentó ningún archivo con esos bytes"),
        ("firmado.pdf", lambda data: b"%PDF" * 10_000, "está cortado"),
    ],
)
def test_a_file_that_is_not_what_was_entered_is_told(
    name: str,
    change: Callable[[bytes], bytes],
    said: str,
    editions: Path,
    folder: Path,
    memory: Path,
) -> None:
    (editions / name).write_bytes(change((editions / name).read_bytes()))
    (fault,) = run(folder, memory=memory).faults
    assert fault.startswith(f"{name}: ")
    assert said in fault


def test_a_file_of_the_ledger_that_carries_something_else_is_told(
    portal: Portal, folder: Path, memory: Path
) -> None:
    said, table = b'{"edition":1}', b"a;b\n"
    portal.publish("puno", "rendición", said.decode())
    made = {
        "sin.pdf": ("archivo", "pdf", pdf_with(table)),
        "tabla.csv": ("archivo", "csv", table),
        "otra.pdf": ("archivo", "pdf", pdf_with(said)),
        "firmado.pdf": ("firma", "", b"% antes\n" + pdf_with(table, said)),
    }
    (folder / "ediciones").mkdir(parents=True)
    for name, (act, kind, data) in made.items():
        content = {"archivo": kind, "bytes": len(data), "codigo": sha256(data)}
        portal.publish("puno", act, {**content, "rendicion": sha256(said)})
        (folder / "ediciones" / name).write_bytes(data)
    assert sorted(run(portal.written(folder), memory=memory).faults) == [
        "firmado.pdf: está firmado, pero no empieza con los bytes del PDF que se asentó.",
        "otra.pdf: no lleva dentro, en CSV, la tabla que se asentó.",
        "sin.pdf: no lleva dentro, en JSON, el contenido que se asentó.",
    ]


def test_a_signed_file_that_was_withheld_is_told_to_whoever_has_it(
    portal: Portal, editions: Path, folder: Path, memory: Path
) -> None:
    code = sha256((editions / "firmado.pdf").read_bytes())
    portal.publish("puno", "firma retirada", {"codigo": code, "motivo": "No firmó"})
    seen = run(portal.written(folder), memory=memory)
    assert (seen.status, "firmado.pdf: se publicó, y después se retiró." in seen.said) == (0, True)


DEEP = b"[" * 200_000


@pytest.mark.parametrize("name", ["ledger.jsonl", "contents.jsonl", "proofs.jsonl"])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data[: len(data) // 2], "se corta en la línea"),
        (lambda data: b"<html>\n" + data, "la línea 1 no se entiende"),
        (lambda data: b"\xff\xfe\n" + data, "la línea 1 no se entiende"),
        (lambda data: DEEP + b"\n", "la línea 1 no se entiende"),
        (lambda data: b'{"id":' + b"9" * 100_000 + b"}\n", "la línea 1 no se entiende"),
        (lambda data: b"[]\n" + data, "la línea 1 no se entiende"),
        (lambda data: b" " * 3000 + b"\n", "la línea 1 es demasiado larga"),
    ],
)
def test_lines_that_are_none_are_told_without_a_traceback(
    name: str,
    change: Callable[[bytes], bytes],
    said: str,
    portal: Portal,
    folder: Path,
    memory: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limit = 1_000_000 if "larga" not in said else 2000
    monkeypatch.setattr(vigia_verify, "LONGEST_LINE", limit)
    portal.written(folder, place="puno" if name == "proofs.jsonl" else "")
    file = folder / name
    file.write_bytes(change(file.read_bytes()))
    seen = run(folder, memory=memory)
    assert seen.status == 1
    assert any(fault.startswith(name) and said in fault for fault in seen.faults), seen.said


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"x", b"a\nb\nc\n\n", b"o/r\n1\nAAAA\n\n", b"\xff", b"o/r\n-1\nAA==\n\n", DEEP),
        *(b"o/r\n1\n" + b"A" * 43 + b"=\n\nx y z\n", b"x" * 2_000_000),
    ],
)
def test_a_head_that_is_none_is_told(
    data: bytes, portal: Portal, folder: Path, memory: Path
) -> None:
    portal.written(folder)
    (folder / "checkpoint").write_bytes(data)
    (fault,) = run(folder, memory=memory).faults
    assert fault.startswith("checkpoint")


def test_an_absurd_size_takes_no_memory(portal: Portal, folder: Path, memory: Path) -> None:
    portal.written(folder)
    text = (folder / "checkpoint").read_text()
    (folder / "checkpoint").write_text(text.replace("\n7\n", f"\n{10**14}\n"))
    assert any("le faltan" in fault for fault in run(folder, memory=memory).faults)


def test_what_a_terminal_would_obey_is_only_shown(
    portal: Portal, folder: Path, memory: Path
) -> None:
    portal.publish("\x1b[2Jpuno", "informe", {})["previous"] = "b" * 64
    assert "\x1b" not in run(portal.written(folder), memory=memory).said


@pytest.mark.parametrize("what", ["nada", "vacía", "ajena"])
def test_a_folder_without_what_is_downloaded_cannot_be_read(
    what: str, folder: Path, memory: Path
) -> None:
    if what != "nada":
        folder.mkdir()
    if what == "ajena":
        (folder / "foto.jpg").touch()
    assert run(folder, memory=memory).status == 2


def test_a_memory_that_somebody_broke_is_not_written_over(
    portal: Portal, folder: Path, memory: Path
) -> None:
    memory.write_text('{"logs": {"a": 1}}')
    assert run(portal.written(folder), memory=memory).status == 2
    assert memory.read_text() == '{"logs": {"a": 1}}'


def test_used_wrongly_it_says_how(memory: Path) -> None:
    for arguments in ([], ["a", "b"], ["a", "--cabeza", "x"], ["a", "--aceptar-clave", "x"]):
        assert run(*arguments, memory=memory).status == 2


@pytest.fixture
def named(portal: Portal, folder: Path) -> Path:
    """The folder of the files of two editions, as they are downloaded."""
    place = portal.written(folder) / "ediciones"
    place.mkdir()
    for slug in ("puno", "lamas"):
        files = publish_edition(portal, slug)
        for end, data in zip(("json", "csv", "pdf", "firmado-1.pdf"), files, strict=True):
            (place / f"{slug}-2023-2026-2026-I-edicion-1.{end}").write_bytes(data)
    portal.written(folder)
    return place


def test_a_file_under_another_s_name_is_told(named: Path, folder: Path, memory: Path) -> None:
    assert run(folder, memory=memory).status == 0
    (named / "puno-2023-2026-2026-I-edicion-1.pdf").rename(
        named / "puno-2019-2022-2022-II-edicion-3.pdf"
    )
    (fault,) = run(folder, memory=memory).faults
    assert fault.startswith("puno-2019-2022-2022-II-edicion-3.pdf: es ")
    assert fault.endswith("puno-2023-2026-2026-I-edicion-1.pdf, con el nombre de otro.")


def test_a_file_that_is_no_longer_there_is_told(named: Path, folder: Path, memory: Path) -> None:
    (named / "lamas-2023-2026-2026-I-edicion-1.json").unlink()
    seen = run(folder, memory=memory)
    sentence = (
        "No está en ediciones/ 1 archivo que se asentó, como lamas-2023-2026-2026-I-edicion-1.json"
    )
    assert (seen.status, f"aviso  {sentence}" in seen.said) == (0, True)
    (folder / "descarga.json").write_text('{"portal": "", "ediciones": true}')
    assert run(folder, memory=memory).faults == [
        f"{sentence}: la descarga no terminó, o se quitó de aquí."
    ]


def test_files_are_accused_of_nothing_where_the_ledger_is_cut(
    named: Path, folder: Path, memory: Path
) -> None:
    (folder / "contents.jsonl").unlink()
    seen = run(folder, memory=memory)
    assert seen.faults == ["Falta contents.jsonl: no se comprobó ningún contenido."]
    assert "Las rendiciones de cuentas no se comprobaron" in seen.said
