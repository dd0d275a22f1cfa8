"""A file that anybody may have sent, read in a process that may fail."""

import hashlib

import pytest

from plans.importers import reading
from plans.importers.faults import FileRefused
from plans.importers.outline import Outline
from plans.importers.reading import MAX_BYTES, read_upload
from tests.accounts.limited.programs import limited

PLAN = """# DIMENSIÓN SOCIAL

| Problema | Objetivo estratégico | Meta |
|---|---|---|
| Faltan aulas. | Que haya aulas para todos. | Construir 12 aulas. |
""".encode()


def refusal(content: bytes, name: str) -> str:
    [refused] = read_upload(content, name)
    assert isinstance(refused, FileRefused)
    return str(refused)


def test_a_plan_comes_back_with_the_name_and_the_digest_of_what_was_sent() -> None:
    [outline] = read_upload(PLAN, "Mi plan (1).md")
    assert isinstance(outline, Outline)
    assert outline.source.name == "Mi plan (1).md"
    assert outline.source.sha256 == hashlib.sha256(PLAN).hexdigest()
    assert "Construir 12 aulas." in [item.statement for item in outline.items]


def test_what_a_reader_refuses_is_called_as_it_was_sent() -> None:
    assert refusal(b"%PDF-1.7\n1 0 obj", "Mi plan.pdf").startswith("Mi plan.pdf: ")


def test_a_file_that_weighs_too_much_is_not_read() -> None:
    assert "pesa más de 25 MB" in refusal(b"x" * (MAX_BYTES + 1), "plan.txt")


def test_a_plan_file_is_not_read_without_its_document() -> None:
    assert "lo publica la operación" in refusal(b"formato: 1\n", "plan.yaml")


@pytest.mark.parametrize("program", ["killed", "greedy"])
def test_a_process_that_fails_costs_only_itself(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "READER", limited(program))
    assert "no se terminó de leer" in refusal(PLAN, "plan.md")


def test_a_reader_with_a_fault_of_its_own_says_so_and_leaves_a_trace(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reading, "READER", limited("faulty"))
    assert "no se pudo leer: guárdelo de nuevo" in refusal(PLAN, "plan.md")
    assert "failed (1) on a file of document" in caplog.text
