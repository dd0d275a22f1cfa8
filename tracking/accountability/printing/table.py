"""The CSV of an edition: a row for each promise, made from the frozen content alone."""

from collections.abc import Iterator
from typing import Final

from plans.choices import Level, MeasureKind
from plans.locations import written
from tracking.accountability.content import Content, Promise, ReportSaid, Spent
from tracking.accountability.groups import dimension_name
from tracking.accountability.telling import described
from tracking.choices import Signal
from tracking.models.edition_codes import grouped
from tracking.public.tables.writing import Row, csv_lines
from tracking.reading.declared import declared_by
from tracking.reading.places import as_text
from tracking.reading.states import STATES
from tracking.reading.strips import Arrival

HEADER: Final = (
    *(
        "codigo",
        "codigo_impreso",
        "nivel",
        "dimension",
        "de",
        "texto",
        "indicador",
        "anadido",
        "enlace",
    ),
    *("semestre", "se_pidio", "oficinas", "clase", "como_se_mide", "estado", "senal"),
    *("revision", "informado_al", "publicado_el", "con_atraso", "medida", "paso", "valor"),
    *("unidad_de_medida", "cumplidos", "exigidos", "partes_entregadas", "avance_pct"),
    *("programado", "paralizado_desde", "que_se_hizo", "dificultades", "proximos_pasos"),
    *("motivo_de_correccion", "causa_de_paralizacion", "segunda_revision"),
    *("publicado_tras_el_cierre", "causa_anterior", "causa_anterior_de", "causa_anterior_al"),
    *("dicho_antes", "dicho_antes_de", "dicho_antes_al", "seguia_antes", "cronograma"),
    *("sustentos", "que_son_los_sustentos", "sustentos_con_lugar", "codigos_de_los_sustentos"),
    *("cui", "lugares", "nivel_segun_el_plan"),
    *("anio", "pia", "pim", "devengado", "gasto_al_dia"),
    *("municipalidad", "ubigeo_inei", "ubigeo_texto", "periodo", "edicion", "codigo_de_la_edicion"),
    *("declarado_por", "simulado", "corte", "ultimo_asiento", "codigo_del_ultimo_asiento"),
    *("asientos_de_todo_el_portal", "cabeza_de_todo_el_portal"),
)


def csv_of(content: Content, code: str) -> bytes:
    """CONTENT, whose edition has that CODE, as a table.

    What is not known is empty; what somebody typed is no formula.
    """
    return "".join(csv_lines(HEADER, _rows(content, code))).encode()


def _rows(content: Content, code: str) -> Iterator[Row]:
    about = _about(content, code)
    declared = declared_by(simulated=content.simulated)
    year = int(content.semester[:4])
    for promise in content.promises:
        row = {**_promise(content, promise), "semestre": content.semester, **about}
        if promise.report:
            row |= {**_report(promise.report), "declarado_por": declared}
        elif promise.is_silent:
            row["estado"] = STATES[Arrival.MISSING]
        spent = promise.spent_in(year)
        yield row | _spent(spent) if spent else row


def _about(content: Content, code: str) -> dict[str, object]:
    return {
        "municipalidad": content.municipality.full_name,
        "ubigeo_inei": content.municipality.inei,
        "ubigeo_texto": as_text(content.municipality.inei),
        "periodo": content.plan.term,
        "edicion": content.edition,
        "codigo_de_la_edicion": grouped(code),
        "simulado": content.simulated,
        "corte": content.as_of,
        "ultimo_asiento": content.ledger_number,
        "codigo_del_ultimo_asiento": content.ledger_head,
        "asientos_de_todo_el_portal": content.log.size if content.log else None,
        "cabeza_de_todo_el_portal": content.log.root if content.log else "",
    }


def _promise(content: Content, promise: Promise) -> dict[str, object]:
    return {
        "codigo": promise.ref,
        "codigo_impreso": promise.printed_code,
        "nivel": Level(promise.level).label,
        "nivel_segun_el_plan": promise.level_label,
        "dimension": dimension_name(content, promise.dimension),
        "de": promise.parent,
        "texto": promise.statement,
        "indicador": promise.indicator,
        "anadido": promise.added,
        "enlace": promise.page,
        "se_pidio": promise.is_asked,
        "oficinas": "; ".join(promise.units),
        "cui": promise.cui,
        "lugares": written(promise.locations),
        "clase": MeasureKind(promise.kind).label if promise.kind else "",
        "como_se_mide": promise.terms if promise.is_asked or promise.report else "",
    }


def _report(report: ReportSaid) -> dict[str, object]:
    cause, last = report.cause_before, report.said_before
    places = [each.has_place for each in report.supports]
    return {
        "dicho_antes": last.words if last else "",
        "dicho_antes_de": last.semester if last else "",
        "dicho_antes_al": last.as_of if last else None,
        "seguia_antes": said.next_steps if (said := last or cause) else "",
        "cronograma": report.schedule,
        "que_son_los_sustentos": "; ".join(described(each) for each in report.supports),
        "sustentos_con_lugar": None if None in places else sum(map(bool, places)),
        "causa_anterior": cause.words if cause else "",
        "causa_anterior_de": cause.semester if cause else "",
        "causa_anterior_al": cause.as_of if cause else None,
        "estado": STATES[report.stage],
        "senal": Signal(report.signal).label,
        "revision": report.revision,
        "informado_al": report.as_of,
        "publicado_el": report.published_at,
        "con_atraso": report.is_late,
        "medida": report.measured,
        "paso": report.step,
        "valor": report.value,
        "unidad_de_medida": report.unit_of_measure,
        "cumplidos": report.done,
        "exigidos": report.required,
        "partes_entregadas": "; ".join(report.parts_done),
        "avance_pct": report.progress,
        "programado": report.planned,
        "paralizado_desde": report.halted_since,
        "que_se_hizo": report.narrative,
        "dificultades": report.difficulties,
        "proximos_pasos": report.next_steps,
        "motivo_de_correccion": report.correction_reason,
        "causa_de_paralizacion": report.halted_cause,
        "segunda_revision": report.second_review,
        "publicado_tras_el_cierre": report.is_after_closing,
        "sustentos": len(report.supports),
        "codigos_de_los_sustentos": "; ".join(each.code for each in report.supports),
    }


def _spent(spent: Spent) -> dict[str, object]:
    return {
        "anio": spent.year,
        "pia": spent.pia,
        "pim": spent.pim,
        "devengado": spent.accrued,
        "gasto_al_dia": spent.as_of,
    }
