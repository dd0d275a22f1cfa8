/* Without signal: which pages were kept, the newest first, and a way to forget them. */
"use strict";

async function show() {
  const pages = await caches.open("paginas-1");
  const list = document.getElementById("guardadas");
  for (const request of (await pages.keys()).reverse()) {
    const answer = await pages.match(request);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const link = document.createElement("a");
    link.href = new URL(request.url).pathname;
    link.textContent = page.title.replace(/ · Vigía$/, "");
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  document.getElementById("hay").hidden = !list.children.length;
}

document.getElementById("olvidar").addEventListener("click", async () => {
  await caches.delete("paginas-1");
  location.reload();
});
if (window.caches) show();
