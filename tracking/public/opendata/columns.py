"""What each column of the open data is read from, table by table; what it is called: `words`."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, F, Func, Q, TextField, Value, When
from django.utils import timezone

from tracking.models.standing import SIGNAL_COLUMNS, STAGE_COLUMNS
from tracking.public.tables.about import INEI, RENIEC, declared_by
from tracking.reading import published
from tracking.reading.editions import EXTENSIONS

Columns = Mapping[str, Any]


def municipalities() -> Columns:
    return _in_place(
        "",
        page=_address("slug"),
        **_fields("kind", "name", "capital", "province", "region", "reniec"),
        reniec_text=Case(When(~Q(reniec=""), then=_joined(Value(RENIEC), F("reniec")))),
        **_fields("has_plan"),
    )


def units() -> Columns:
    return _in_place(
        "municipality__",
        page=_address("municipality__slug", Value("oficinas/"), F("pk"), Value("/")),
        **_fields("name", "acronym", "closed_on", "simulated"),
    )


def semesters() -> Columns:
    return _in_place(
        "municipality__",
        **_fields("semester", "opens_on", "due_on", "closes_on", "closed_at", "simulated"),
    )


def plans() -> Columns:
    return _in_plan(
        "",
        page=_page(""),
        **_fields("organization", "standing", "standing_source", "vision", "note", "labels"),
        **_fields("version"),
        document_title=F("document__title"),
        document_sha256=F("document__sha256"),
        **_fields("published_at"),
    )


def elements() -> Columns:
    return _in_plan(
        "plan__",
        page=_page("plan__", "ref"),
        **_fields("ref", "printed_code", "level", "dimension"),
        parent=F("parent_id"),
        **_fields("position", "problem", "objective", "statement", "note", "field"),
        **_fields("activity_kind", "cui"),
        units=F("unit_ids"),
        **_fields("since_version", "until_version"),
        withdrawn=Q(until_version__isnull=False),
        reportable=F("is_reportable"),
        **_fields(*published.MEASURE, "semester"),
        state=F("stage"),
        **_fields("signal", "as_of"),
        declared_by=_declared_by("plan__", known=Q(stage__isnull=False)),
    )


def terms() -> Columns:
    return _in_plan(
        "element__plan__",
        **_about(),
        **_fields("version", "current", "in_force_from", "reason", "kind", "unit_of_measure"),
        **_fields("baseline", "baseline_source", "goal", "direction", "bound", "tolerance"),
        **_fields("nature", "milestones", "schedule"),
        **_fields("parts", "verification_source"),
        published_at=F("created_at"),
        **_fields("simulated"),
    )


def reports() -> Columns:
    return _in_plan(
        "plan__",
        **_about(),
        **_fields("semester", "revision", "current"),
        unit=F("unit_id"),
        unit_name=F("unit__name"),
        state=F("stage"),
        **_fields("step", "value"),
        terms=F("terms_id"),
        kind=F("kind"),
        unit_of_measure=F("terms__unit_of_measure"),
        **_fields("parts_done", "done", "required", "progress", "planned", "signal", "narrative"),
        **_fields("difficulties", "next_steps", "as_of", "halted_since", "halted_cause"),
        **_fields("correction_reason", "second_review", "sent_on", "published_at"),
        declared_by=_declared_by(""),
    )


def supports() -> Columns:
    """Of what was withheld neither what, nor of when, nor where: it may hold personal data."""
    file = _page("report__plan__", "report__element__ref", Value("sustento/"), F("pk"), Value("/"))
    told = {
        **_fields("title", "taken_on", "place", "file_name", "media_type"),
        "size": Case(When(size__gt=0, then=F("size"))),
        "link": Case(When(~Q(url=""), then=F("url"))),
        "file": Case(When(url="", then=file)),
    }
    seen = Q(withheld_at__isnull=True)
    return _in_plan(
        "report__plan__",
        **_about("report__element__"),
        semester=F("report__semester"),
        report=F("report_id"),
        **{name: Case(When(seen, then=value)) for name, value in told.items()},
        **_fields("sha256", "withheld_at", "withheld_reason"),
    )


def expenditures() -> Columns:
    return _in_plan(
        "plan__",
        **_about(),
        **_fields("year", "revision", "current", "pia", "pim", "accrued", "as_of", "source"),
        **_fields("reason"),
        published_at=F("created_at"),
        declared_by=_declared_by(""),
    )


def asked() -> Columns:
    return _in_plan(
        "element__plan__",
        **_about(),
        semester=F("window__semester"),
        **_fields("kind", "units"),
        report=F("report_id"),
        **_fields("signal"),
    )


def standings() -> Columns:
    return _in_plan(
        "plan__",
        page=_page("plan__"),
        **_fields("semester", "level", "dimension"),
        unit=F("unit_id"),
        unit_name=F("unit__name"),
        **_fields("asked", "reported", *STAGE_COLUMNS.values(), *SIGNAL_COLUMNS.values()),
        **_fields("punctual", "supported", "corrected", "halted", "unverifiable"),
        declared_by=_declared_by(""),
    )


def accountability_reports() -> Columns:
    edition = [Value("rendicion/"), F("semester"), Value("/edicion-"), F("edition")]
    files = {kind: _page("plan__", "", *edition, Value(f".{kind}")) for kind in EXTENSIONS}
    return _in_plan(
        "plan__",
        page=_page("plan__", "", *edition, Value("/")),
        **_fields("semester", "edition", "current"),
        code=_printed("code"),
        **_fields("sha256", "issued_at"),
        **files,
    )


def ledger() -> Columns:
    """As the chain seals it: the ubigeo and the office's name are those of then."""
    content = [Value("registro/"), F("number"), Value(".json")]
    return _in_place(
        "municipality__",
        **_ubigeo("inei"),
        **_fields("number", "act", "subject_id", "term", "ref", "semester", "revision"),
        unit_name=F("unit"),
        **_fields("happened_at", "at"),
        content=_address("municipality__slug", *content),
        **_fields("digest", "previous", "chain", "simulated"),
    )


def _in_place(path: str, **columns: Any) -> Columns:
    """COLUMNS, after the municipality that PATH leads to, and before of when the file is."""
    return {"id": F("pk"), **_of_place(path), **columns, **_taken()}


def _in_plan(path: str, **columns: Any) -> Columns:
    """COLUMNS, after the plan that PATH leads to, and before whether they are simulated.

    That is as their plan is, unless COLUMNS say it.
    """
    plan = {"plan": F(f"{path}pk"), "term": _term(path)}
    place = _of_place(f"{path}municipality__")
    columns.setdefault("simulated", F(f"{path}simulated"))
    return {"id": F("pk"), **place, **plan, **columns, **_taken()}


def _of_place(path: str) -> Columns:
    return {"municipality": F(f"{path}slug"), **_ubigeo(f"{path}inei")}


def _ubigeo(inei: str) -> Columns:
    return {"ubigeo": F(inei), "ubigeo_text": _joined(Value(INEI), F(inei))}


def _taken() -> Columns:
    return {"exported_on": Value(timezone.localdate())}


def _term(path: str) -> Func:
    return _joined(F(f"{path}first_year"), Value("-"), F(f"{path}last_year"))


def _page(plan: str, ref: str = "", *rest: Any) -> Func:
    """The address of the page of a promise, or of its plan, or of what lies below it."""
    promise = (F(ref), Value("/")) if ref else ()
    return _address(f"{plan}municipality__slug", _term(plan), Value("/"), *promise, *rest)


def _address(slug: str, *rest: Any) -> Func:
    """The address of a municipality's page, or of what lies below it."""
    return _joined(Value(f"{settings.SITE_URL}/m/"), F(slug), Value("/"), *rest)


def _joined(*pieces: Any) -> Func:
    return Func(*pieces, function="concat", output_field=TextField())


def _printed(code: str) -> Func:
    """A code as it is printed, in groups of four."""
    pieces = [F(code), Value("(.{4})(?=.)"), Value(r"\1-"), Value("g")]
    return Func(*pieces, function="regexp_replace", output_field=TextField())


def _declared_by(path: str, *, known: Q | None = None) -> Case:
    """Whose word a row is, in the words of every table; nobody's where it is not KNOWN."""
    whose = [
        When(Q(**{f"{path}simulated": simulated}), then=Value(declared_by(simulated=simulated)))
        for simulated in (True, False)
    ]
    unknown = [] if known is None else [When(~known, then=Value(None))]
    return Case(*unknown, *whose, output_field=CharField())


def _fields(*names: str) -> Columns:
    return {name: F(name) for name in names}


def _about(path: str = "element__") -> Columns:
    """What a row says of the promise that it is about."""
    names = ("ref", "level", "dimension")
    return {
        "page": _page(f"{path}plan__", f"{path}ref"),
        "element": F(f"{path}pk"),
        **{name: F(f"{path}{name}") for name in names},
    }
