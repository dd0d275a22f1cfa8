"""What the accountability report costs: issuing it, printing it, downloading it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from benchmarks.measure import Case
from benchmarks.pages import ask, size_of
from plans.choices import Level
from plans.models import Plan
from tracking.accountability.content import Content
from tracking.accountability.edition import Edition
from tracking.accountability.frozen import read
from tracking.accountability.printing.pdf import pdf_of
from tracking.accountability.printing.table import csv_of
from tracking.accountability.rendering import make_files
from tracking.models import AccountabilityReport

ROUNDS: Final = 5  # each takes seconds
TARGETS_LIMIT, ALL_LIMIT = 105, 165


def cases(_plan: Plan) -> Iterator[Case]:
    report = AccountabilityReport.objects.select_related("plan__municipality").get()
    content = read(report.content)
    targets = only_figures(content)
    address = f"{report.get_absolute_url()[:-1]}.pdf"
    make_files()
    page = report.get_newest_url()
    for name, part in (("resumen", ""), ("dificultades", "dificultades/"), ("entera", "todo/")):
        yield Case(f"rendición, {name}", partial(size_of, f"{page}{part}"))
    yield Case("congelado leído", partial(_read, report.content))
    yield Case(
        "PDF, 200 metas medidas",
        partial(printed, targets, report),
        limit=TARGETS_LIMIT,
        rounds=ROUNDS,
    )
    yield Case(
        "PDF, 200 metas y 200 actividades",
        partial(printed, content, report),
        limit=ALL_LIMIT,
        rounds=ROUNDS,
    )
    yield Case("CSV, 400 filas", lambda: len(csv_of(content, report.code)), rounds=ROUNDS)
    yield Case("PDF guardado", lambda: len(ask(address).content))


def only_figures(content: Content) -> Content:
    """CONTENT as an indicator report has it: each target with its figure, and no more."""
    promises = [each for each in content.promises if each.level != Level.ACTIVITY]
    bare = [
        replace(each, report=replace(each.report, narrative="", supports=[]))
        if each.report
        else each
        for each in promises
    ]
    return replace(content, promises=bare)


def printed(content: Content, report: AccountabilityReport) -> int:
    edition = Edition(content, report.code, report.sha256)
    return len(pdf_of(edition, report.content, name=report.file_name))


def _read(text: str) -> int:
    read(text)
    return len(text)
