"""Plans in PDF, printed by the portal's own printer."""

import io
from functools import cache
from typing import Any

import pikepdf
import pytest

from plans.importers.document import pdf as module
from plans.importers.document.pdf_flow import paragraphs
from plans.importers.document.pdf_habits import habits_of
from plans.importers.document.pdf_page import Line, Word
from plans.importers.document.reader import read
from plans.importers.faults import FileRefused
from plans.importers.outline import Outline
from tests.plans.importers.document.printed import printed
from tests.plans.importers.document.trees import lines, tree, understood

PLAN = """<h1>PLAN DE GOBIERNO MUNICIPAL 2027-2030</h1>
<h2>I. VISIÓN</h2><p>Un distrito con agua segura y caminos transitables, donde la gente decide y la
municipalidad rinde cuentas de cada sol que gasta en obras y servicios para todos sus barrios.</p>
<h2>II. DIAGNÓSTICO</h2><p>La anemia crece.</p><ol><li>La posta cierra temprano.</li></ol>
<h2>III. RESUMEN</h2><h3>1. Dimensión Social</h3>
<table class="ruled"><tr><th>Problema<th>Objetivo<th>Indicador<th>Meta (2027-2030)</tr>
<tr><td rowspan="2">Menos empleo<sup>13</sup> eficaz<td>Dar empleo<td>Puestos<td>300 puestos</tr>
<tr><td>Capacitar a jóvenes<td>Jóvenes capacitados<td>02 convenios</tr>
<tr><td colspan="4">DIMENSIÓN ECONÓMICA</tr>
<tr><td>Falta riego<td>Regar<td>Hectáreas<td>1,250 ha</tr></table>
<h3>2. Dimensión Ambiental</h3>
<table><tr><th>Problema<th>Objetivo estratégico<th>Meta</tr>
<tr><td>1. La basura se quema en los campos de cultivo y en las quebradas de todos los anexos
<td>Recoger la basura de todos los anexos y llevarla a una planta de tratamiento
<td>Recoger el 80 %</tr><tr><td>2. El río está sucio<td>Limpiar el río<td>Un río limpio</tr></table>
<h3>3. Dimensión Institucional</h3><p>Objetivos:</p>
<ul><li>Abrir la municipalidad al vecino con ventanillas en cada barrio y un portal donde se vea
todo lo que se gasta y lo que se hace en el distrito</li><li>Atender mejor
<ul><li>Ventanilla única</li></ul></li></ul>
<h2>IV. PROPUESTA DE SEGUIMIENTO AL PLAN</h2><p>Cada semestre habrá una audiencia.</p>"""
TREE = """
dimension 1. Dimensión Social
  problem Menos empleo¹³ eficaz
    objective Dar empleo
      target 300 puestos | Puestos
    objective Capacitar a jóvenes
      target 02 convenios | Jóvenes capacitados
dimension DIMENSIÓN ECONÓMICA
  problem Falta riego
    objective Regar
      target 1,250 ha | Hectáreas
dimension 2. Dimensión Ambiental
  problem 1. La basura se quema en los campos de cultivo y en las quebradas de todos los anexos
    objective Recoger la basura de todos los anexos y llevarla a una planta de tratamiento
      target Recoger el 80 %
  problem 2. El río está sucio
    objective Limpiar el río
      target Un río limpio
dimension 3. Dimensión Institucional
  objective Abrir la municipalidad al vecino con ventanillas en cada barrio y un portal \
donde se vea todo lo que se gasta y lo que se hace en el distrito
  objective Atender mejor
    activity Ventanilla única
guideline Cada semestre habrá una audiencia.
"""
ROWS = 9
ROW = """<tr><td>{0}. Los barrios altos reciben agua pocas horas al día y sin clorar
<td>{0}. Llevar agua clorada todo el día a los barrios altos con la rehabilitación de las redes
<td>{0}. Llegar a 24 barrios con doce horas de agua al día</tr>"""


@cache
def long_table() -> Outline:
    """A table over several small pages, which cut its rows and its words."""
    small = "<style>@page { size: 12cm 6cm; margin: 1cm 5mm } td { hyphens: manual }</style>"
    rows = "".join(ROW.format(number) for number in range(1, ROWS + 1))
    heads = "<thead><tr><th>Problema<th>Objetivo<th>Meta</thead>"
    body = f'{small}<h3>DIMENSIÓN SOCIAL</h3><table class="ruled">{heads}{rows}</table>'
    return read(printed(body), "plan.pdf")


def test_titles_lists_and_tables_with_and_without_rules_are_understood() -> None:
    assert understood(printed(PLAN), "plan.pdf") == lines(TREE)


def test_the_vision_is_one_paragraph() -> None:
    assert read(printed(PLAN), "plan.pdf").about.vision.endswith("para todos sus barrios.")


def test_rows_that_a_page_cuts_are_whole() -> None:
    wanted = ["dimension DIMENSIÓN SOCIAL"]
    for number in range(1, ROWS + 1):
        cells = ROW.format(number).replace("\n", " ").replace("</tr>", "").split("<td>")[1:]
        for deep, (level, cell) in enumerate(
            zip(("problem", "objective", "target"), cells, strict=True), 1
        ):
            wanted.append(f"{'  ' * deep}{level} {cell.strip()}")
    assert tree(long_table()) == wanted


def test_pages_stand_apart_in_the_text_with_their_headers() -> None:
    outline = long_table()
    pages = outline.source.text.split("\f")
    assert len(pages) > 3
    assert all("Alianza Valle Alto" in page for page in pages)
    assert {item.where.words for item in outline.items} >= {"página 1", "página 2"}


def test_a_word_that_a_line_cuts_is_whole() -> None:
    narrow = '<style>@page { size: 7cm 20cm; margin: 5mm; @top-center { content: "" } }</style>'
    list_of_one = "<ul style='hyphens: auto'><li>Mejoramiento de la infraestructura educativa</ul>"
    body = f"{narrow}<h3>DIMENSIÓN SOCIAL</h3>{list_of_one}"
    assert tree(read(printed(body), "plan.pdf"))[1:] == [
        "  objective Mejoramiento de la infraestructura educativa"
    ]


SMALL = "<style>@page { size: 9cm 20cm; margin: 5mm; @top-center { content: '' } }</style>"


def below_the_dimension(body: str) -> list[str]:
    """What is read of BODY on a narrow page, below one dimension."""
    outline = read(printed(f"{SMALL}<h3>DIMENSIÓN SOCIAL</h3>{body}"), "plan.pdf")
    return tree(outline)[1:]


def test_the_last_word_of_a_paragraph_is_no_title() -> None:
    promise = "Acompañar con más personal del distrito a todas las organizaciones sociales."
    assert below_the_dimension(f"<ul><li>{promise}</ul>") == [f"  objective {promise}"]


def test_a_hyphen_between_two_words_of_the_document_is_kept() -> None:
    words = "La enseñanza y el aprendizaje de los jóvenes."
    promise = "Técnicas de enseñanza en todas las escuelas: enseñanza-aprendizaje"
    read_so = below_the_dimension(f"<ul><li>{words}<li>{promise}</ul>")
    assert read_so == [f"  objective {words}", f"  objective {promise}"]


def test_a_paragraph_whose_last_line_is_full_ends_where_the_gap_does() -> None:
    # The lines reach the margin: only the gap tells where a paragraph ends, and the last one, of
    # several lines, how wide it is within one.
    promises = [
        "Agua segura en todos los barrios y anexos.",
        "Luz en todas las calles de todo el distrito.",
        "Caminos transitables todo el año en cada anexo, con cunetas, muros y puentes nuevos.",
    ]
    lists = "".join(f"<p>{promise}</p>" for promise in promises)
    assert below_the_dimension(f"<p>Objetivos:</p>{lists}") == [
        f"  objective {promise}" for promise in promises
    ]


def test_a_label_at_the_top_of_many_pages_is_no_header() -> None:
    page = '<div style="page-break-before: always"><p>Acciones:</p><p>• Paso {}</p></div>'
    objective = "<p>Objetivo 1: Crecer</p>"
    pages = "".join(page.format(number) for number in range(1, 5))
    assert below_the_dimension(objective + pages) == [
        "  objective Objetivo 1: Crecer",
        *(f"    activity Paso {number}" for number in range(1, 5)),
    ]


def test_what_begins_in_the_rest_of_a_cut_cell_is_a_statement_of_its_own() -> None:
    filler = "<p style='height: 14.2cm'></p>"
    heads = "<tr><th>Problema<th>Propuesta (programas, proyectos)</tr>"
    cell = "<p>1.0 Programa Agua para todos los barrios con</p><p>redes nuevas</p>"
    more = "<p>1.1 Proyecto: Reservorio</p><p>1.2 Actividades: Clorar el agua</p>" * 1
    row = f"<tr><td>Falta agua en los barrios<td>{cell}{more}</tr>"
    assert below_the_dimension(f"{filler}<table class='ruled'>{heads}{row}</table>") == [
        "  problem Falta agua en los barrios",
        "    activity 1.0 Programa Agua para todos los barrios con redes nuevas",
        "      activity 1.1 Reservorio",
        "      activity 1.2 Clorar el agua",
    ]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(turn: int) -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed(PLAN))) as pdf:
        for page in pdf.pages:
            _left, _bottom, wide, high = (float(each) for each in page.MediaBox)
            against = {
                90: f"0 1 -1 0 {high} 0 cm",
                180: f"-1 0 0 -1 {wide} {high} cm",
                270: f"0 -1 1 0 0 {wide} cm",
            }
            page.contents_add(f"q {against[turn]}".encode(), prepend=True)
            page.contents_add(b"Q")
            page.MediaBox = [0, 0, *((wide, high) if turn == 180 else (high, wide))]
            page.Rotate = turn
        pdf.save(file)
    assert understood(file.getvalue(), "plan.pdf") == lines(TREE)


def refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        read(content, "plan.pdf")
    return str(refused.value)


def changed(content: bytes, **saving: Any) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(file, **saving)
    return file.getvalue()


def test_a_pdf_with_a_password_is_refused() -> None:
    locked = changed(printed(PLAN), encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "contraseña" in refusal(locked)


def test_a_scan_is_refused_with_what_can_be_done() -> None:
    scan = printed('<p style="page-break-after: always">&nbsp;</p><p>1</p>')
    assert "OCR" in refusal(scan)


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PAGES", 1)
    assert "2 páginas, y se leen hasta 1" in refusal(printed(PLAN))


@pytest.mark.parametrize("kept", [12, 400])
def test_a_pdf_that_is_cut_is_refused(kept: int) -> None:
    assert "cortado o dañado" in refusal(printed(PLAN)[:kept])


def test_a_script_inside_is_never_run() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed(PLAN))) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hola')")
        pdf.save(file)
    assert understood(file.getvalue(), "plan.pdf") == lines(TREE)


def test_letters_without_a_size_are_read() -> None:
    flat = Line((Word("Agua", 0, 0, 10, 0, size=0, is_bold=False),))
    habits = habits_of([], [[flat]])
    assert [paragraph.lines for paragraph in paragraphs([flat], habits, margin=10)] == [["Agua"]]
