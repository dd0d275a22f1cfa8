"""Plans in Word documents."""

import io
import zipfile

import pytest

from plans.importers.document import docx as module
from plans.importers.document.reader import read
from plans.importers.faults import FileRefused
from tests.plans.importers.document.docx_files import W, cell, docx, p, table
from tests.plans.importers.document.trees import lines, understood

PLAN = docx(
    p("Plan de gobierno 2027-2030"),
    p("Dimensión social", "Ttulo1"),
    p("Objetivos", "Ttulo2"),
    p("Agua segura", numbered=1),
    p("Postas abiertas", numbered=1),
    p("De noche", numbered=1, depth=1),
    p("Acciones", "Ttulo2"),
    p("Clorar", numbered=2),
    p("Dimensión económica", "Ttulo1"),
    table(
        [cell("Problema"), cell("Objetivo"), cell("Programas, proyectos"), cell("Meta")],
        [
            cell(p("No hay mercado", numbered=3), p("No hay riego", numbered=3), below=False),
            cell("1) Tener mercado", "2) Tener riego"),
            cell("Programa 01 Riego", "Proyecto.- Canal", "Actividad: Limpiar"),
            cell("1. Un mercado", "2. Dos canales"),
        ],
        [cell(below=True), cell("Vender fuera"), cell(), cell("Una feria al año")],
        [cell("DIMENSIÓN AMBIENTAL", wide=4)],
        [cell("Basura"), cell("Reciclar"), cell("• Separar", "• Compostar"), cell("30 % menos")],
    ),
    p("Seguimiento y rendición de cuentas", "Ttulo1"),
    p("Dos audiencias al año."),
)
TREE = """
dimension Dimensión social
  objective 1. Agua segura
  objective 2. Postas abiertas
    activity a) De noche
  activity Clorar ?
dimension Dimensión económica
  problem 1. No hay mercado
  problem 2. No hay riego
    objective 1) Tener mercado
    objective 2) Tener riego
  activity Programa 01 Riego ?
    activity Canal
      activity Limpiar
      target 1. Un mercado
      target 2. Dos canales
  objective Vender fuera ?
    target Una feria al año
dimension DIMENSIÓN AMBIENTAL
  problem Basura
    objective Reciclar
      activity Separar
      activity Compostar
      target 30 % menos
guideline Dos audiencias al año.
"""


def test_headings_numbered_lists_and_merged_cells_are_understood() -> None:
    assert understood(PLAN, "plan.docx") == lines(TREE)


def test_the_text_has_the_numbers_that_word_counts() -> None:
    text = read(PLAN, "plan.docx").source.text
    assert "1. Agua segura\n2. Postas abiertas\na) De noche\n" in text
    assert "1. No hay mercado 2. No hay riego\t1) Tener mercado 2) Tener riego\t" in text


def test_the_place_of_an_item_is_its_paragraph_or_row() -> None:
    places = [item.where.words for item in read(PLAN, "plan.docx").items]
    assert places[1] == "párrafo 4"
    assert "tabla 1, fila 3" in places


def test_what_was_struck_out_is_not_read() -> None:
    struck = (
        "<w:p><w:r><w:t>- Más agua</w:t></w:r><w:del><w:r><w:t> y luz</w:t></w:r></w:del></w:p>"
    )
    outline = read(docx(p("DIMENSIÓN SOCIAL"), struck), "plan.docx")
    assert [item.statement for item in outline.items] == ["DIMENSIÓN SOCIAL", "Más agua"]


def refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        read(content, "plan.docx")
    return str(refused.value)


def test_entities_are_refused_and_never_fetched() -> None:
    entity = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    assert "declara entidades" in refusal(
        docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", doctype=entity)
    )
    assert "declara entidades" in refusal(docx(p("Hola"), doctype="<!DOCTYPE d>"))


def test_a_part_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PART", 10_000)
    assert "se desempaqueta" in refusal(docx(p("a" * 20_000)))


def test_a_picture_elsewhere_is_not_looked_for() -> None:
    picture = (
        f'<w:p {W}><w:r><w:drawing r:link="http://example.org/a.png" xmlns:r="r"/></w:r></w:p>'
    )
    outline = read(docx(p("DIMENSIÓN SOCIAL"), p("- Más agua"), picture), "plan.docx")
    assert len(outline.items) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PLAN[: len(PLAN) // 2], "cortado o dañado"),
        (docx(p(" ")), "no tiene texto"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "contraseña"),
        (docx("<w:p>"), "cortado o dañado"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_an_archive_that_is_no_document_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("otro.txt", "nada")
    assert "no es un documento de Word" in refusal(file.getvalue())
