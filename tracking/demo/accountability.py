"""The accountability reports of a simulated plan: issued today, by the services of real ones."""

from typing import Final

from accounts.choices import Role, is_simulated
from accounts.models import User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tracking.accountability.issuing import draft_of, issue, save_draft_of
from tracking.demo.people import PLANNERS
from tracking.measuring.entry import entry_of
from tracking.models import AccountabilityReport, ProgressReport, SemesterWindow
from tracking.services.drafts import save_draft, submit
from tracking.services.review import publish_reports, start_correction

FOREWORD: Final = (
    "Presentación simulada para la demostración: aquí planificación cuenta, en pocas líneas, qué "
    "se hizo en el semestre, qué no se hizo y por qué.\n\nNingún funcionario escribió este texto."
)
PROJECTION: Final = (
    "Proyección simulada: al 31 de diciembre se espera haber devengado cerca de lo previsto en el "
    "PIM y terminar lo que está en ejecución, salvo lo que figura paralizado."
)
REASON: Final = "Demostración: se corrigió un informe después de emitida la primera edición."
CORRECTION: Final = "Demostración: el relato no decía desde cuándo."
ADDED: Final = " Precisión simulada: desde el primer mes del semestre."


def issue_closed(plan: Plan) -> int:
    """Issue the report of each closed semester of PLAN that has none; how many that were.

    What somebody wrote for one, trying the demonstration, is issued as they wrote it.
    """
    known = set(AccountabilityReport.objects.filter(plan=plan).values_list("semester", flat=True))
    windows = SemesterWindow.objects.filter(
        municipality=plan.municipality, semester__in=Semester.all_of(plan.term)
    ).exclude(closed_at=None)
    waiting = [each for each in windows.order_by("semester") if each.semester not in known]
    planners = _planners(plan) if waiting else []
    if not planners:
        return 0
    for window in waiting:
        if not draft_of(plan, window.semester, by=planners[0]).edit:
            texts = {"foreword": FOREWORD, "projection": PROJECTION}
            save_draft_of(plan, window.semester, texts, seen=0, by=planners[0])
        issue(plan, window, edition=1, by=planners[0])
    return len(waiting)


def issue_again(plan: Plan) -> bool:
    """Correct a report of the last closed semester of PLAN, and issue its second edition.

    False where that was done already, or there is nothing to correct.
    """
    newest = (
        AccountabilityReport.objects.filter(plan=plan).order_by("-semester", "-edition").first()
    )
    if newest is None or newest.edition > 1 or not _planners(plan):
        return False
    if not _corrected(plan, newest.semester):
        return False
    window = SemesterWindow.objects.get(municipality=plan.municipality, semester=newest.semester)
    issue(plan, window, edition=2, reason=REASON, by=_planners(plan)[0])
    return True


def _corrected(plan: Plan, semester: Semester) -> bool:
    """Publish a correction of a narrated report of SEMESTER: what was measured stays."""
    first, *others = _planners(plan)
    author = others[0] if others else first
    reports = ProgressReport.objects.filter(plan=plan, semester=semester)
    begun = reports.open().values("element")
    narrated = reports.published().exclude(narrative="").exclude(element__in=begun).newest()
    report = (
        ProgressReport.objects.filter(pk__in=narrated.values("pk"))
        .order_by("element__position")
        .first()
    )
    if report is None:
        return False
    elements = PlanElement.objects.with_reportability().select_related("plan__municipality")
    element = elements.get(pk=report.element_id)
    correction = start_correction(report, CORRECTION, by=author)
    values = {"narrative": report.narrative + ADDED}
    saved = save_draft(element, semester, values, by=author, edit=correction.edit)
    terms = element.terms.order_by("-version").first()
    sent = submit(saved, entry_of(element, terms, is_reportable=element.is_reportable), by=author)
    done = publish_reports({sent.pk: sent.edit}, plan.municipality, by=first)
    return bool(done.published)


def _planners(plan: Plan) -> list[User]:
    """The simulated people of planning, the first one before those who help."""
    mailboxes = [mailbox for mailbox, _title in PLANNERS]
    held = plan.municipality.memberships.filter(role=Role.PLANNING, ended_on=None)
    people = [each.user for each in held.select_related("user") if is_simulated(each.user.email)]
    known = [each for each in people if each.email.partition("@")[0] in mailboxes]
    return sorted(known, key=lambda person: mailboxes.index(person.email.partition("@")[0]))
