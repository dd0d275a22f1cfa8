"""The public site: what a citizen reads."""

from django.urls import path

from tracking.views.crawlers import robots, sitemap_index, sitemap_section
from tracking.views.document import document
from tracking.views.element import element
from tracking.views.feeds import municipality_feed, plan_feed
from tracking.views.home import healthz, home, methodology
from tracking.views.ledger import ledger, ledger_content
from tracking.views.places import municipalities, municipality
from tracking.views.plan import plan
from tracking.views.search import search
from tracking.views.support import support
from tracking.views.unit import unit

app_name = "tracking"
urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap"),
    path("buscar/", search, name="search"),
    path("metodologia/", methodology, name="methodology"),
    path("municipios/", municipalities, name="municipalities"),
    path("m/<slug:slug>/", municipality, name="municipality"),
    path("m/<slug:slug>/novedades.atom", municipality_feed, name="municipality_feed"),
    path("m/<slug:slug>/registro/", ledger, name="ledger"),
    path("m/<slug:slug>/registro/<int:number>.json", ledger_content, name="ledger_content"),
    path("m/<slug:slug>/oficinas/<int:pk>/", unit, name="unit"),
    path("m/<slug:slug>/<term:term>/", plan, name="plan"),
    path("m/<slug:slug>/<term:term>/novedades.atom", plan_feed, name="plan_feed"),
    path("m/<slug:slug>/<term:term>/documento/", document, name="document"),
    path("m/<slug:slug>/<term:term>/<ref:ref>/", element, name="element"),
    path("m/<slug:slug>/<term:term>/<ref:ref>/sustento/<int:pk>/", support, name="support"),
]
