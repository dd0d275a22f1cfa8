"""A plan by what hangs from what: problem, objective, promise; written as `promise_rows` is."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from plans.choices import Level
from plans.models import PlanElement
from plans.tree import Branch
from tracking.public.charts.verdict_marks import mark_of
from tracking.public.figures.overview import Overview
from tracking.public.promise_rows import shortened
from tracking.reading.verdicts import LastKnown


def by_dimension(overview: Overview, *, whole: bool) -> Iterator[tuple[str, str, SafeString]]:
    """The title, the anchor and the tree of each dimension of what OVERVIEW shows of its plan, then
    of each field of what stands outside of them. WHOLE: with every word."""
    guidelines = []
    tree = Tree(overview.known, overview.plan.get_absolute_url(), whole)
    for root in overview.shown_roots:
        if root.element.level == Level.GUIDELINE:
            guidelines.append(root)
        else:
            title = str(root.element.get_dimension_display())
            yield title, root.element.ref, tree.drawn([root] if whole else root.children)
    fields = groupby(guidelines, key=lambda each: each.element.field)
    for index, (field, group) in enumerate(fields):
        yield field, "" if index else "lineamientos", tree.drawn(group)


class Tree(NamedTuple):
    """What is known of each promise by its id, and BASE, the address of their plan."""

    known: Mapping[int, LastKnown]
    base: str
    whole: bool

    def drawn(self, branches: Iterable[Branch]) -> SafeString:
        """BRANCHES with all below them as a list of lists."""
        items = [(self._line(each), self.below(each)) for each in branches]
        kind = "tree whole" if self.whole else "tree"
        return format_html(
            '<ul class="{}">{}</ul>', kind, format_html_join("", "<li>{}{}</li>", items)
        )

    def below(self, branch: Branch) -> SafeString:
        """What hangs from BRANCH, then what stands there, too; "" for nothing."""
        return format_html(
            "{}{}",
            self.drawn(branch.children) if branch.children else "",
            self._referring(branch.referred) if branch.referred else "",
        )

    def _referring(self, branches: Iterable[Branch]) -> SafeString:
        """What stands in a place, too, and hangs from another: a link to each, and no copy."""
        items = [
            (_("También aquí: %s") % each.element.level_label, self._quote(each.element))
            for each in branches
        ]
        return format_html(
            '<ul class="tree">{}</ul>',
            format_html_join("", '<li><p class="kicker">{}</p><p>{}</p></li>', items),
        )

    def _line(self, branch: Branch) -> SafeString:
        element = branch.element
        going = self.known.get(element.pk)
        mark = format_html(" · {} {}", mark_of(going.verdict), going.verdict.label) if going else ""
        return format_html(
            '<p class="kicker">{}{}{}</p><p>{}</p>{}',
            *(element.level_label, f" · {element.added}" if element.added else "", mark),
            self._quote(element),
            self._also(branch.further) if branch.further else "",
        )

    def _also(self, further: Iterable[Branch]) -> SafeString:
        places = format_html_join(
            ", ",
            '<a href="{}{}/">{} “{}”</a>',
            (
                (
                    self.base,
                    each.element.ref,
                    each.element.level_label,
                    shortened(each.element.statement),
                )
                for each in further
            ),
        )
        return format_html('<p class="fine">{} {}</p>', _("También en:"), places)

    def _quote(self, element: PlanElement) -> SafeString:
        words = element.statement if self.whole else shortened(element.statement)
        return format_html('<a class="quote" href="{}{}/">“{}”</a>', self.base, element.ref, words)
