"""The public site: what a citizen reads."""

from django.urls import include, path, register_converter

from tracking.accountability.views import editions as accountability
from tracking.accountability.views import pack, verification
from tracking.public.views import (
    evidence,
    log,
    log_page,
    open_data,
    plan_sections,
    stamps,
    witnesses,
)
from tracking.public.views.comparing import compare, compare_region
from tracking.public.views.crawlers import robots, sitemap_index, sitemap_section
from tracking.public.views.document import document
from tracking.public.views.element import element
from tracking.public.views.feeds import municipality_feed, plan_feed
from tracking.public.views.home import healthz, home
from tracking.public.views.ledger import ledger, ledger_content, plan_texts
from tracking.public.views.maps import country_map, region_map
from tracking.public.views.methodology import methodology, methodology_chapter
from tracking.public.views.places import municipalities, municipality
from tracking.public.views.plan import plan
from tracking.public.views.search import search
from tracking.public.views.support import preview, support
from tracking.public.views.unit import unit
from tracking.sharing.views import embeds, offline, pictures
from tracking.transparency.tile_path import TilePathConverter

register_converter(TilePathConverter, "tile")

ANY_PLAN = "<slug:slug>/<plan:path>/"
PLAN = "<slug:slug>/<term:term>/"
"""Of the one in force alone: what tells of reports. What a list offered has none."""
REPORT = f"{PLAN}rendicion/<semester:semester>"
PICTURE = "compartir-<slug:digest>.png"

OF_A_PLACE = [
    path("<slug:slug>/", municipality, name="municipality"),
    path("<slug:slug>/novedades.atom", municipality_feed, name="municipality_feed"),
    path("<slug:slug>/registro/", ledger, name="ledger"),
    path("<slug:slug>/registro/ledger.jsonl", evidence.entries_of, name="entries_of"),
    path("<slug:slug>/registro/contents.jsonl", evidence.contents_of, name="contents_of"),
    path("<slug:slug>/registro/proofs.jsonl", evidence.proofs_of, name="proofs_of"),
    path("<slug:slug>/registro/<int:number>.json", ledger_content, name="ledger_content"),
    path("<slug:slug>/registro/<int:number>/prueba.json", log.entry_proof, name="entry_proof"),
    path("<slug:slug>/oficinas/<int:pk>/", unit, name="unit"),
    path(ANY_PLAN, plan, name="plan"),
    path(f"{ANY_PLAN}incrustar/", embeds.plan, name="plan_embed"),
    path(f"{ANY_PLAN}{PICTURE}", pictures.plan, name="plan_picture"),
    path(f"{ANY_PLAN}novedades.atom", plan_feed, name="plan_feed"),
    path(f"{ANY_PLAN}documento/", document, name="document"),
    path(f"{ANY_PLAN}documento/<int:number>/", document, name="document"),
    path(f"{ANY_PLAN}textos.json", plan_texts, name="plan_texts"),
    path(f"{ANY_PLAN}datos/", open_data.plan_data, name="plan_data"),
    path(
        f"{ANY_PLAN}datos/<slug:table>.<slug:extension>", open_data.data_file, name="plan_data_file"
    ),
    path(f"{PLAN}semestres/", plan_sections.semesters, name="plan_semesters"),
    path(f"{PLAN}cambios/", plan_sections.changes, name="plan_changes"),
    path(f"{PLAN}sin-informe/", plan_sections.unreported, name="plan_unreported"),
    path(f"{PLAN}gasto/", plan_sections.spending, name="plan_spending"),
    path(f"{ANY_PLAN}sobre/", plan_sections.about, name="plan_about"),
    path(f"{PLAN}rendicion/", accountability.of_plan, name="accountability_of_plan"),
    path(f"{PLAN}rendicion/audiencia/", pack.pack, name="hearing_pack"),
    path(f"{PLAN}rendicion/audiencia.pdf", pack.pack_file, name="hearing_pack_file"),
    path(f"{REPORT}/", accountability.accountability, name="accountability"),
    path(f"{REPORT}.<slug:extension>", accountability.file, name="accountability_file"),
    path(f"{REPORT}/edicion-<int:edition>/", accountability.accountability, name="edition"),
    path(
        f"{REPORT}/edicion-<int:edition>.firmado-<int:number>.pdf",
        accountability.signed_file,
        name="signed_file",
    ),
    path(
        f"{REPORT}/edicion-<int:edition>.<slug:extension>", accountability.file, name="edition_file"
    ),
    path(f"{REPORT}/edicion-<int:edition>/{PICTURE}", pictures.edition, name="edition_picture"),
    path(f"{REPORT}/<slug:chapter>/", accountability.accountability, name="accountability_chapter"),
    path(
        f"{REPORT}/edicion-<int:edition>/<slug:chapter>/",
        accountability.accountability,
        name="edition_chapter",
    ),
    path(f"{ANY_PLAN}<ref:ref>/", element, name="element"),
    path(f"{ANY_PLAN}<ref:ref>/incrustar/", embeds.promise, name="promise_embed"),
    path(f"{ANY_PLAN}<ref:ref>/{PICTURE}", pictures.promise, name="promise_picture"),
    path(f"{PLAN}<ref:ref>/sustento/<int:pk>/", support, name="support"),
    path(f"{PLAN}<ref:ref>/sustento/<int:pk>/vista/", preview, name="preview"),
]
app_name = "tracking"
urlpatterns = [
    path("m/", include(OF_A_PLACE)),  # first, because most ask for these
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("vigia.webmanifest", offline.manifest, name="manifest"),
    path("sw.js", offline.worker, name="worker"),
    path("sin-conexion/", offline.offline, name="offline"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap"),
    path("buscar/", search, name="search"),
    path("metodologia/", methodology, name="methodology"),
    path("metodologia/<slug:chapter>/", methodology_chapter, name="methodology_chapter"),
    path("municipios/", municipalities, name="municipalities"),
    path("comparar/", compare, name="compare"),
    path("comparar/<slug:region>/", compare_region, name="compare_region"),
    path("mapa/", country_map, name="country_map"),
    path("mapa/<slug:region>/", region_map, name="region_map"),
    path("datos/", open_data.open_data, name="open_data"),
    path("datos/columnas/", open_data.data_columns, name="data_columns"),
    path("datos/catalog.jsonld", open_data.data_catalog, name="catalog"),
    path("datos/dictionary.csv", open_data.dictionary, name="dictionary"),
    path("datos/contents.jsonl", evidence.all_contents, name="all_contents"),
    path("datos/<slug:table>.<slug:extension>", open_data.data_file, name="data_file"),
    path("rendicion/", accountability.reports, name="accountability_reports"),
    path("verificar/", verification.verify, name="verify"),
    path("verificar/<str:code>/", verification.verified, name="verified"),
    path("registro/", log_page.log, name="log"),
    path("registro/testigos/", witnesses.witnesses, name="witnesses"),
    path(".well-known/vigia-log.json", log_page.log_keys, name="log_keys"),
    path("registro/vigia-verify.py", evidence.program, name="verifier"),
    path("registro/checkpoint", log.checkpoint, name="checkpoint"),
    path("registro/sellos/<slug:week>.tsr", stamps.stamp, name="stamp"),
    path("registro/sellos/<slug:week>.checkpoint", stamps.stamped_head, name="stamped_head"),
    path("registro/tile/<int:level>/<tile:part>", log.tile, name="tile"),
    path("registro/tile/entries/<tile:part>", log.entries, name="tile_entries"),
    path("registro/inclusion/<int:index>-<int:size>.json", log.inclusion, name="inclusion"),
    path(
        "registro/consistencia/<int:first>-<int:second>.json", log.consistency, name="consistency"
    ),
]
