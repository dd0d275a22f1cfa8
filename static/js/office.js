/* What quickens the officers' forms. Without it they work the same: one file at a time. */
"use strict";

/* A page with unsaved changes asks before it is left. */
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

/* A text is counted as it is written. Delegated: a row of the sheet is drawn anew. */
document.addEventListener("input", ({ target }) => {
  const told = target.id && document.querySelector(`[data-counts="${target.id}"]`);
  if (!told) return;
  const length = [...target.value].length;
  told.textContent = length.toLocaleString("es-PE");
  told.parentElement.classList.toggle("error", length > Number(target.dataset.most));
});

/* Several files are sent one by one; each that fails can be sent again. */
for (const form of document.querySelectorAll("form[data-one-by-one]")) {
  const input = form.querySelector("input[type=file]");
  const title = form.querySelector("[name=title]");
  const words = form.dataset;
  const largest = Number(input.dataset.largest);
  const list = document.createElement("ul");
  list.className = "list-plain";
  const told = document.createElement("div");
  told.setAttribute("role", "status");
  told.append(list);
  input.multiple = true;
  input.after(told);

  input.addEventListener("change", () => {
    list.replaceChildren();
    title.required = input.files.length < 2;
    for (const file of input.files) {
      if (file.size > largest) say(row(file), words.tooLarge, true);
    }
    if (input.files.length > 1) say(row(null), words.several);
  });

  form.addEventListener("submit", async (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    const files = [...input.files];
    const button = form.querySelector("button:not([type=button])");
    list.replaceChildren();
    button.disabled = true;
    const waiting = files.map((file) => {
      const line = row(file);
      say(line, file.size > largest ? words.tooLarge : words.waiting, file.size > largest);
      return [line, file];
    });
    let added = 0;
    for (const [line, file] of waiting) {
      if (file.size <= largest && await send(line, file, files.length)) added += 1;
    }
    button.disabled = false;
    if (added === files.length) location.reload();
    else if (added) offerRefresh();
  });

  /* One line of the list: the file's name, how far it is, and what came of it. */
  function row(file) {
    const line = document.createElement("li");
    const name = document.createElement("strong");
    name.textContent = file ? file.name : "";
    line.append(name, " ", document.createElement("span"));
    list.append(line);
    return line;
  }

  function say(line, text, isError = false) {
    line.querySelector("span").textContent = text;
    line.querySelector("span").className = isError ? "error" : "";
  }

  function titled(file, count) {
    const own = file.name.replace(/\.[^.]*$/, "");
    const typed = title.value.trim();
    if (count < 2) return typed || own;
    return (typed ? `${typed}: ${own}` : own).slice(0, Number(title.dataset.most));
  }

  function send(line, file, count) {
    const fields = new FormData(form);
    fields.set("file", file);
    fields.set("title", titled(file, count));
    const bar = document.createElement("progress");
    const request = new XMLHttpRequest();
    line.querySelector("button")?.remove();
    line.append(bar);
    say(line, words.sending);
    return new Promise((resolve) => {
      const end = (text, isError) => {
        bar.remove();
        say(line, text, isError);
        resolve(!isError);
      };
      request.upload.onprogress = (step) => {
        if (step.lengthComputable) [bar.value, bar.max] = [step.loaded, step.total];
      };
      request.onload = () => {
        if (request.status === 201) return end(words.done, false);
        if (request.status === 200) return signInAgain(file);
        const errors = request.status === 422 ? JSON.parse(request.responseText).errors : null;
        end(errors ? errors.join(" ") : words.refused, true);
      };
      request.onerror = request.ontimeout = () => {
        end(words.failed, true);
        offerRetry(line, file, count);
      };
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.send(fields);
    });
  }

  /* The answer was another page: the session ended. What was typed, as it was typed, is left where
     the page finds it again; the file is only named, because it must be chosen again. */
  async function signInAgain(file) {
    const fields = new FormData(form);
    fields.set("file", new File([], file.name));
    await fetch(form.action, { method: "POST", body: fields, redirect: "manual" });
    location.assign(form.action);
  }

  function offerRetry(line, file, count) {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button-link";
    again.textContent = words.retry;
    again.addEventListener("click", async () => {
      if (await send(line, file, count)) offerRefresh();
    });
    line.append(" ", again);
  }

  function offerRefresh() {
    if (list.querySelector("a")) return;
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = words.refresh;
    line.append(link);
    list.append(line);
  }
}
