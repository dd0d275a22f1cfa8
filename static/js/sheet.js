/* The sheet: a row that is saved alone answers for itself, and nothing typed is left behind. */
(() => {
  const form = document.getElementById("hoja");
  if (!form) return;
  const notice = document.getElementById("aviso");
  let isLeaving = false;

  form.addEventListener("input", (event) => {
    event.target.closest(".row")?.classList.add("row-unsaved");
  });
  form.addEventListener("submit", () => { isLeaving = true; });
  window.addEventListener("pageshow", () => { isLeaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && form.querySelector(".row-unsaved")) event.preventDefault();
  });

  // A faulty row comes back with its reasons.
  form.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 422) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  const tellFailure = () => { notice.textContent = form.dataset.failed; };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    form.addEventListener(name, tellFailure);
  }

  // The session ended: the whole form goes where one row went, so that all of it is kept.
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
    event.preventDefault();
    form.requestSubmit(event.detail.elt);
  });
})();
