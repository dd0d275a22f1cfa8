"""What sustains a simulated report: small files, and links that lead nowhere."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from itertools import cycle, islice

from django.utils import timezone

from tracking.demo.files import samples_of, store
from tracking.demo.stories import Story
from tracking.models import ProgressReport, Support

OWN = frozenset({"id", "report"})
LINK_TITLE = "Publicación del avance (simulada)"


def supports_of(
    story: Story, report: ProgressReport, count: int, *, at: dt.datetime
) -> list[Support]:
    """COUNT supports of REPORT, not saved, added AT; their bytes are stored."""
    random = story.random(f"sustento {report.semester}")
    samples = samples_of(report.semester)
    first = random.randrange(len(samples) + 1)
    chosen = islice(cycle((*samples, None)), first, first + count)
    supports = []
    for sample in chosen:
        before = dt.timedelta(days=random.randint(5, 90))
        support = Support(
            report=report,
            taken_on=min(report.semester.last_day - before, timezone.localdate(at)),
            added_by=story.author,
            added_at=at,
        )
        if sample is None:
            support.title = LINK_TITLE
            support.url = link(story, report)
            support.sha256 = hashlib.sha256(support.url.encode()).hexdigest()
        else:
            support.title, support.file_name = sample.title, sample.file_name
            support.media_type, support.size = sample.media_type, len(sample.content)
            support.sha256 = sample.sha256
            support.place = story.element.plan.municipality.name if sample.is_picture else ""
            store(sample, support)
        supports.append(support)
    return supports


def copies_of(supports: Iterable[Support], report: ProgressReport) -> list[Support]:
    """SUPPORTS of an earlier revision as those of REPORT, not saved: each revision has its own."""
    kept = [each.attname for each in Support._meta.concrete_fields if each.name not in OWN]
    return [
        Support(report=report, **{name: getattr(support, name) for name in kept})
        for support in supports
    ]


def link(story: Story, report: ProgressReport) -> str:
    """An address under a name that nobody can own (RFC 2606)."""
    place = story.element.plan.municipality.slug
    return f"https://{place}.example/avances-simulados/{report.semester}/{story.element.ref}"
