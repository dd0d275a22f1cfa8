/* Review from the keyboard: an addition to what links and buttons do. Off until somebody turns it
   on in their browser, so that a letter which a screen reader or dictation sends does nothing. */
"use strict";
(() => {
  const box = document.querySelector("[data-keys]");
  const choice = box?.querySelector("input");
  if (!choice) return;
  const kept = { get: () => localStorage.getItem("review-keys") === "on",
    set: (isOn) => localStorage.setItem("review-keys", isOn ? "on" : "off") };
  box.hidden = false;
  choice.checked = kept.get();
  tell();
  choice.addEventListener("change", () => { kept.set(choice.checked); tell(); });

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const isTyping = target.matches("textarea, select, input:not([type=checkbox], [type=radio])")
      || target.isContentEditable;
    if (!choice.checked || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "s" || key === "a" ? go(key) : act(key)) event.preventDefault();
  });

  /* What assistive technology is told of each key. */
  function tell() {
    for (const each of document.querySelectorAll("[data-key]")) {
      if (choice.checked) each.setAttribute("aria-keyshortcuts", each.dataset.key);
      else each.removeAttribute("aria-keyshortcuts");
    }
  }

  function here() {
    const cases = [...document.querySelectorAll("[data-case]")];
    return [cases, cases.findIndex((each) => each.contains(document.activeElement))];
  }

  /* To the next report or the one before: another page, or another place of the queue. */
  function go(key) {
    const link = document.querySelector(`a[data-key="${key}"]`);
    const [cases, at] = here();
    const next = cases[at + (key === "s" ? 1 : -1)];
    if (link) link.click();
    else if (next && cases.length > 1) next.focus();
    return Boolean(link || next);
  }

  /* A box is marked, a fold opens at its first field, and a button only gets the focus: it is
     pressed by whoever reads what it says. */
  function act(key) {
    const [cases, at] = here();
    const found = (cases[at] || cases[0])?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!found) return false;
    found.focus();
    if (found.matches("input")) found.click();
    if (found.matches("summary")) {
      found.parentElement.open = !found.parentElement.open;
      if (found.parentElement.open) found.parentElement.querySelector("textarea")?.focus();
    }
    return true;
  }
})();
