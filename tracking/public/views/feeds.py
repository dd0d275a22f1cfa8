"""Atom feeds: what became public of a municipality, or of one plan, for whoever follows it."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from accounts.models import Municipality
from plans.models import Plan
from plans.plan_path import PlanPath
from tracking.models import LedgerEntry
from tracking.public.decorators import Scope, public_page
from tracking.public.figures.news import News, news_of
from tracking.reading.addresses import absolute
from tracking.reading.lookup import published_plan
from tracking.transparency.heads import with_first_head

if TYPE_CHECKING:
    FeedBase = Feed[News, Any]
else:
    FeedBase = Feed

NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped, and people paste from other documents."""

NEVER: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@public_page(scope=Scope.LEDGER)
def municipality_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Of all its plans but demonstrations. One exists for every municipality, to be awaited."""
    return MunicipalityFeed()(request, slug=slug)


@public_page(scope=Scope.LEDGER)
def plan_feed(request: HttpRequest, slug: str, path: PlanPath) -> HttpResponse:
    return PlanFeed()(request, slug=slug, path=path)


class DatedAtom(Atom1Feed):
    """Django says of an empty feed that it changed now, and would say so at each request."""

    def latest_post_date(self) -> dt.datetime:
        return super().latest_post_date() if self.num_items() else NEVER


class NewsFeed(FeedBase):
    """What the feeds share. Addresses begin with SITE_URL, whatever host was asked."""

    feed_type = DatedAtom
    author_name = "Vigía"

    def link(self, about: Municipality | Plan) -> str:
        return absolute(about.get_absolute_url())

    def subtitle(self, about: Municipality | Plan) -> str:
        """The head of the municipality's ledger, and the first of the portal's log that covers it:
        whoever keeps a copy can hold both to it.
        """
        place = about.municipality if isinstance(about, Plan) else about
        entries = LedgerEntry.objects.filter(municipality_id=place.pk)
        newest = with_first_head(entries).order_by("-number").first()
        if newest is None or not entries.filter(simulated=False).exists():
            return ""  # a demonstration is in no feed
        said = _("Registro de publicaciones: último asiento, n.º %(n)s, código %(code)s")
        sentences = [said % {"n": newest.number, "code": newest.chain}]
        if newest.head_root:
            sentences.append(_said(newest.head_size, newest.head_root))
        return " · ".join(sentences)

    def item_title(self, item: News) -> str:
        return one_line(item.title)

    def item_description(self, item: News) -> str:
        """With its entry in the ledger, which whoever keeps the feed can hold the chain to.

        Escaped, because Django declares a summary to be HTML.
        """
        sentences = [item.summary]
        if item.entry:
            shown = dict(zip(("n", "code"), item.entry, strict=True))
            sentences.append(
                _("Asiento n.º %(n)s del registro de publicaciones, código %(code)s") % shown
            )
        if item.head:
            sentences.append(_said(*item.head))
        return escape(one_line(" · ".join(sentences)))

    def item_link(self, item: News) -> str:
        return absolute(item.address)

    def item_guid(self, item: News) -> str:
        """A tag URI (RFC 4151): it stays the same when the portal moves from http to https."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},{item.at.astimezone(dt.UTC):%Y-%m-%d}:{item.key}"

    def item_author_name(self, item: News) -> str | None:
        return one_line(item.office) or None

    def item_pubdate(self, item: News) -> dt.datetime:
        return item.at

    def item_updateddate(self, item: News) -> dt.datetime:
        return item.at


class MunicipalityFeed(NewsFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Municipality:
        return get_object_or_404(Municipality, slug=slug)

    def title(self, municipality: Municipality) -> str:
        return one_line(_("Novedades de la %s") % municipality.full_name)

    def feed_url(self, municipality: Municipality) -> str:
        return absolute(reverse("tracking:municipality_feed", args=[municipality.slug]))

    def items(self, municipality: Municipality) -> Sequence[News]:
        return news_of(list(municipality.plans.published().filter(simulated=False)))


class PlanFeed(NewsFeed):
    def get_object(self, request: HttpRequest, slug: str, path: PlanPath) -> Plan:
        plan = published_plan(slug, path)
        if plan.simulated:
            raise Http404(_("Una demostración no tiene novedades que seguir."))
        return plan

    def title(self, plan: Plan) -> str:
        shown = {"name": plan.municipality.full_name, "term": plan.term.printed}
        return one_line(_("Novedades del plan de gobierno %(term)s, %(name)s") % shown)

    def feed_url(self, plan: Plan) -> str:
        return absolute(reverse("tracking:plan_feed", args=plan.url_args))

    def items(self, plan: Plan) -> Sequence[News]:
        return news_of([plan])


def _said(size: int, root: str) -> str:
    """The head of the portal's log with that SIZE and ROOT, in words."""
    shown = {"n": size, "code": root}
    return _("Registro de todo el portal: %(n)s asientos, código %(code)s") % shown


def one_line(text: str) -> str:
    """TEXT, whatever somebody typed, as one line that XML can hold."""
    return " ".join(NOT_XML.sub(" ", text).split())
