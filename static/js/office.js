/* What quickens the officers' forms. Without it they work the same: one file at a time. */
"use strict";

/* A page with unsaved changes asks before it is left. */
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

/* A second tap on the same button sends nothing more, unless the answer is long in coming. */
const PATIENCE = 5000; // milliseconds
const pressed = new WeakMap();
document.addEventListener("submit", (event) => {
  const button = event.submitter ?? event.target;
  if (event.defaultPrevented) return; // a script sends it
  if (event.timeStamp - pressed.get(button) < PATIENCE) event.preventDefault();
  else pressed.set(button, event.timeStamp);
});

/* A text is counted as it is written. Delegated: a row of the sheet is drawn anew. */
document.addEventListener("input", ({ target }) => {
  const told = target.id && document.querySelector(`[data-counts="${target.id}"]`);
  if (!told) return;
  const length = [...target.value].length;
  told.textContent = length.toLocaleString("es-PE");
  told.parentElement.classList.toggle("error", length > Number(target.dataset.most));
});

/* What was brought into a field says so until somebody writes in it. */
document.addEventListener("input", ({ target }) => {
  if (target.id) document.querySelector(`[data-until-edited="${target.id}"]`)?.remove();
});
