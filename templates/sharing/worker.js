{% load i18n static %}/* Keeps what was read of plans and promises, for where there is no signal. Release {{ release }}. */
"use strict";
const PAGES = "paginas-1", FILES = "archivos-1", MOST_PAGES = 60, MOST_FILES = 20;
const OFFLINE = "{% url 'tracking:offline' %}";
const FIRST = [OFFLINE, "{% static 'css/vigia.css' %}", "{% static 'img/vigia.svg' %}", "{% static 'js/kept.js' %}"];
const PRIVATE = /^\/(gestion|admin|cuenta|api)\//;
/* A plan's pages and its promises', without a question in the address: nothing else of the portal. */
const isKept = ({ pathname, search }) => /^\/m\/[^/]+\/\d{4}-\d{4}\//.test(pathname) && !search;
self.addEventListener("install", (event) => event.waitUntil(caches.open(FILES).then((files) => files.addAll(FIRST)).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || PRIVATE.test(pathname)) return;
  if (/^\/static\/.*\.(css|js|svg)$/.test(pathname)) event.respondWith(fromStore(event)); // by its digest
  else if (request.mode === "navigate" && pathname.endsWith("/")) event.respondWith(fromPortal(event)); // no file
});
async function begin() {
  for (const name of await caches.keys()) if (![PAGES, FILES].includes(name)) await caches.delete(name);
  await self.clients.claim();
  const open = await self.clients.matchAll({ type: "window" }); // what was read before anybody kept
  for (const { url } of open) if (isKept(new URL(url))) await settle(new Request(url), await fetch(url));
}
async function fromStore({ request }) {
  const kept = await caches.match(request), answer = kept ?? (await fetch(request));
  if (!kept && answer.ok) await keep(FILES, MOST_FILES, request, answer.clone());
  return answer;
}
async function fromPortal(event) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(settle(event.request, answer));
    return answer;
  } catch {
    const kept = await caches.match(event.request);
    return kept ? dated(kept) : (await caches.match(OFFLINE)) ?? Response.error();
  }
}
async function settle(request, answer) {
  if (!isKept(new URL(request.url))) return;
  if (answer.ok && isEverybodys(answer.headers)) await keep(PAGES, MOST_PAGES, request, answer.clone());
  else if ([404, 410].includes(answer.status)) await (await caches.open(PAGES)).delete(request);
}
/* The portal says "public" only of a page with which no cookie came and for which nobody's session was read. */
function isEverybodys(headers) {
  const rule = headers.get("Cache-Control") ?? "", kind = headers.get("Content-Type") ?? "";
  return /\bpublic\b/.test(rule) && !/private|no-store/.test(rule) && kind.startsWith("text/html");
}
async function keep(name, most, request, answer) {
  const store = await caches.open(name);
  await store.delete(request); // so that it stands last, as the newest
  await store.put(request, answer);
  for (const old of (await store.keys()).slice(0, -most)) await store.delete(old);
}
async function dated(kept) {
  const day = new Date(kept.headers.get("Date")).toLocaleString("es-PE", { dateStyle: "long", timeStyle: "short", hour12: false });
  const line = `<p class="saved-copy" role="status">{% translate "Sin conexión. Esta página es la guardada el" %} ${day}.</p>`;
  const headers = ["Content-Type", "Content-Security-Policy"].map((name) => [name, kept.headers.get(name)]);
  return new Response((await kept.text()).replace("<main", `${line}<main`), { headers });
}
