"""Small municipalities, people and plans, made by the same functions that make the real ones."""

import hashlib
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.utils import timezone

from accounts.choices import MunicipalityKind, Role
from accounts.models import Membership, Municipality, Unit, User
from accounts.permissions import SECOND_FACTOR_ROLES
from plans.choices import OWN, ActivityKind, Dimension, Level, MeasureKind
from plans.importers.draft import DocumentDraft, ElementDraft, PlanDraft, TermsDraft
from plans.importers.faults import at_line
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.services.editing import state_terms
from plans.services.publishing import publish
from plans.source_text import SourceText, parse_places
from plans.term import Term

PASSWORD = "una-clave-bien-larga"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # in an authenticator that tests play
WRONG_CODE = "00000x"  # of six figures, any may be the one that the authenticator shows
TERM = Term(2019, 2022)

DIMENSIONS = {
    "S": Dimension.SOCIAL,
    "E": Dimension.ECONOMIC,
    "A": Dimension.ENVIRONMENTAL,
    "I": Dimension.INSTITUTIONAL,
}
"""By the letter with which their refs begin; others are the plan's own."""

Row = tuple[str, str, Level, str, str]
"""Ref, parent, level, activity kind, statement; each statement is a line of the document."""
SMALL_PLAN: tuple[Row, ...] = (
    ("S", "", Level.DIMENSION, "", "Dimensión social de {place}"),
    ("S.1", "S", Level.PROBLEM, "", "Alta desnutrición infantil en {place}"),
    ("S.1.1", "S.1", Level.OBJECTIVE, "", "Reducir la desnutrición infantil en {place}"),
    (
        "S.1.1.1",
        "S.1.1",
        Level.ACTIVITY,
        ActivityKind.PROGRAMME,
        "Programa de comedores de {place}",
    ),
    ("S.1.1.2", "S.1.1", Level.TARGET, "", "Disminuir la desnutrición en 50 % en {place}"),
    ("L", "", Level.GUIDELINE, "", "Gobernar {place} con transparencia"),
)
SPARE_LINES = ("Construir dos postas en {place}", "Texto que nadie ha recogido en {place}")
"""Lines of the document that no element takes yet."""


def make_municipality(name: str, inei: str, **fields: Any) -> Municipality:
    defaults = {
        "kind": MunicipalityKind.PROVINCIAL,
        "province": name,
        "region": name,
        "slug": name.lower(),
    }
    return Municipality.objects.create(name=name, inei=inei, **{**defaults, **fields})


def make_district(of: Municipality, name: str, inei: str) -> Municipality:
    """The municipality of a district of the province OF."""
    where = {"kind": MunicipalityKind.DISTRICT, "province": of.province, "region": of.region}
    return make_municipality(name, inei, **where)


def state(element: PlanElement, by: User, **terms: Any) -> MeasuringTerms:
    """Say how ELEMENT is measured: a delivery, from today, unless TERMS say otherwise."""
    usual = {"kind": MeasureKind.DELIVERY, "in_force_from": timezone.localdate()}
    row = MeasuringTerms(element=element, **{**usual, "reason": "Acuerdo de concejo", **terms})
    state_terms(row, by=by)
    return row


def make_unit(municipality: Municipality, name: str = "Gerencia de Obras", **fields: Any) -> Unit:
    return Unit.objects.create(municipality=municipality, name=name, **fields)


def make_person(
    email: str,
    role: Role | None = None,
    municipality: Municipality | None = None,
    unit: Unit | None = None,
) -> User:
    """Somebody with a role, and with the second factor that the role requires."""
    person = User.objects.create_user(email, PASSWORD)
    if role:
        Membership.objects.create(user=person, role=role, municipality=municipality, unit=unit)
    if role in SECOND_FACTOR_ROLES:
        TOTP.activate(person, TOTP_SECRET)
    return person


def authenticator_code(at: float | None = None, secret: str = TOTP_SECRET) -> str:
    """What the authenticator of ``make_person``'s people shows now, or AT another time.

    It is taken for a while after its half minute is over.
    """
    period = int(time.time() if at is None else at) // 30
    return str(format_hotp_value(hotp_value(secret, period)))


def document_lines(municipality: Municipality, rows: Iterable[Row] = SMALL_PLAN) -> list[str]:
    written = (*(row[-1] for row in rows), *SPARE_LINES)
    return [line.format(place=municipality.name) for line in written]


def make_plan(municipality: Municipality, **what: Any) -> Plan:
    """A published plan, as `plan_draft` has it."""
    return publish(plan_draft(municipality, **what)).plan


def shared_objective(municipality: Municipality) -> Plan:
    """The small plan with a second problem, S.2, under which its objective S.1.1 stands, too."""
    second = ("S.2", "S", Level.PROBLEM, "", "Falta agua segura en {place}")
    return make_plan(municipality, rows=(*SMALL_PLAN, second), also_under={"S.1.1": ("S.2",)})


def plan_draft(
    municipality: Municipality,
    *,
    term: Term = TERM,
    rows: Sequence[Row] = SMALL_PLAN,
    more: int = 0,
    indicators: Mapping[str, str] | None = None,
    also_under: Mapping[str, tuple[str, ...]] | None = None,
    list_slug: str = "",
) -> PlanDraft:
    """A plan of six elements, or of ROWS, and MORE guidelines to make it long.

    INDICATORS are those of its targets, by ref. Of the list LIST_SLUG it is what that list offered,
    and is not in force.
    """
    indicators = indicators or {}
    rows = [
        *rows,
        *((f"M.{n + 1}", "", Level.GUIDELINE, "", f"Lineamiento número {n}") for n in range(more)),
    ]
    lines = [*document_lines(municipality, rows), *indicators.values()]
    text = "\n".join(lines) + "\n"
    source = SourceText(text)
    own = (ref for ref, _parent, level, *_rest in rows if level == Level.DIMENSION)
    own_ones = [ref for ref in own if ref not in DIMENSIONS]
    dimensions = DIMENSIONS | {ref: f"{OWN}-{n}" for n, ref in enumerate(own_ones, 1)}
    elements: dict[str, ElementDraft] = {}
    for ref, parent_ref, level, activity_kind, written in rows:
        statement = written.format(place=municipality.name)
        line = lines.index(statement) + 1
        parent = elements.get(parent_ref)
        elements[ref] = ElementDraft(
            where=at_line(line),
            ref=ref,
            parent_ref=parent_ref,
            parent_level=parent.level if parent else "",
            level=level,
            depth=parent.depth + 1 if parent else 0,
            dimension="" if level == Level.GUIDELINE else dimensions[ref[0]],
            activity_kind=activity_kind,
            printed_code="",
            statement=statement,
            field="",
            note="",
            cui="",
            spans=[list(span) for span in source.locate(statement, parse_places(line))],
            terms=TermsDraft(kind=MeasureKind.CHANGE) if level == Level.TARGET else None,
            indicator=(indicator := indicators.get(ref, "")),
            indicator_spans=[
                list(span)
                for span in source.locate(indicator, parse_places(lines.index(indicator) + 1))
            ]
            if indicator
            else [],
            also_under=(also_under or {}).get(ref, ()),
        )
    document = DocumentDraft(
        title=f"Plan de gobierno de {municipality.name}",
        file_name=f"{municipality.slug}.txt",
        provenance="Documento de prueba",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    return PlanDraft(
        inei=municipality.inei,
        inei_where=at_line(1),
        term=term,
        organization=list_slug.capitalize() or f"Lista de {municipality.name}",
        list_slug=list_slug,
        standing="sin confirmar",
        standing_source="",
        vision="",
        vision_spans=[],
        labels={},
        document=document,
        elements=list(elements.values()),
    )


def document_of(text: str, title: str = "Plan operativo 2020") -> DocumentDraft:
    return DocumentDraft(
        title, "poi.txt", "Portal", text, hashlib.sha256(text.encode()).hexdigest()
    )


def child(plan: Plan, parent: PlanElement | None, ref: str, **fields: Any) -> PlanElement:
    """A new element, on a line of the document that no other has taken."""
    statement = SPARE_LINES[0].format(place=plan.municipality.name)
    start = plan.document.text.index(statement)
    spans = [[start, start + len(statement)]]
    return PlanElement(
        plan=plan, parent=parent, ref=ref, statement=statement, spans=spans, **fields
    )
