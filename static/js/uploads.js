/* Several files are sent one by one; what breaks off goes on by itself, and can be sent again.
   Without this file the form works the same, one file at a time. */
"use strict";

const PAUSES = [2000, 8000, 20000]; /* milliseconds before each further try */
const LONGEST_SILENCE = 120000; /* milliseconds without a byte or an answer: the line is broken */
const TRY_AGAIN = [0, 408, 429, 502, 503, 504]; /* statuses that say nothing of the file */

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
  let isSending = false;
  window.addEventListener("beforeunload", (event) => { if (isSending) event.preventDefault(); });

  input.addEventListener("change", () => {
    list.replaceChildren();
    title.required = input.files.length < 2;
    if (input.files.length > 1) say(row(null), words.several);
  });

  form.addEventListener("submit", async (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    const files = [...input.files];
    const button = form.querySelector("button:not([type=button])");
    list.replaceChildren();
    button.disabled = isSending = true;
    const waiting = files.map((file) => [row(file), file]);
    for (const [line] of waiting) say(line, words.waiting);
    let added = 0;
    for (const [line, file] of waiting) {
      if (await deliver(line, await prepared(line, file), titled(file, files.length))) added += 1;
    }
    button.disabled = isSending = false;
    if (added === files.length) location.reload();
    else if (added) offerRefresh();
  });

  /* One line of the list: the file's name, what came of it, and what was done to it. */
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

  async function prepared(line, file) {
    say(line, words.preparing);
    const sent = await photographToSend(file);
    if (sent === file) return file;
    const [before, after] = [file, sent].map(({ size }) => (size / 2 ** 20).toFixed(1));
    const reduced = document.createElement("em");
    reduced.textContent = words.reduced.replace("{0}", before).replace("{1}", after);
    line.append(" ", reduced);
    return sent;
  }

  function titled(file, count) {
    const own = file.name.replace(/\.[^.]*$/, "");
    const typed = title.value.trim();
    if (count < 2) return typed || own;
    return (typed ? `${typed}: ${own}` : own).slice(0, Number(title.dataset.most));
  }

  /* Send FILE until it is there, it is refused, or the line is broken for too long. */
  async function deliver(line, file, name) {
    if (file.size > largest) {
      say(line, words.tooLarge, true);
      return false;
    }
    for (const pause of [...PAUSES, null]) {
      const outcome = await send(line, file, name);
      if (outcome !== "broken") return outcome === "added";
      if (pause === null) break;
      say(line, words.broken);
      await untilThereIsALine(pause);
    }
    say(line, words.failed, true);
    offerRetry(line, file, name);
    return false;
  }

  function untilThereIsALine(pause) {
    return new Promise((resolve) => {
      if (navigator.onLine) setTimeout(resolve, pause);
      else window.addEventListener("online", resolve, { once: true });
    });
  }

  function send(line, file, name) {
    const fields = new FormData(form);
    fields.set("file", file);
    fields.set("title", name);
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", file.name);
    const percent = document.createElement("small");
    percent.setAttribute("aria-hidden", "true"); /* the bar says it; told aloud it never ends */
    const request = new XMLHttpRequest();
    line.append(" ", bar, " ", percent);
    say(line, words.sending);
    return new Promise((resolve) => {
      let silence;
      const heard = () => {
        clearTimeout(silence);
        silence = setTimeout(() => request.abort(), LONGEST_SILENCE);
      };
      const end = (outcome, text = "") => {
        clearTimeout(silence);
        bar.remove();
        percent.remove();
        if (text) say(line, text, outcome !== "added");
        resolve(outcome);
      };
      request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
        heard();
        if (!lengthComputable) return;
        [bar.value, bar.max] = [loaded, total];
        percent.textContent = `${Math.floor((100 * loaded) / total)} %`;
      };
      request.onload = () => {
        if (request.status === 201) return end("added", JSON.parse(request.responseText).told);
        if (request.status === 200) return signInAgain(file);
        if (TRY_AGAIN.includes(request.status)) return end("broken");
        const errors = request.status === 422 ? JSON.parse(request.responseText).errors : null;
        end("refused", errors ? errors.join(" ") : words.refused);
      };
      request.onerror = request.onabort = () => end("broken");
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      heard();
      request.send(fields);
    });
  }

  /* The answer was another page: the session ended. What was typed, as it was typed, is left where
     the page finds it again; the file is only named, because it must be chosen again. */
  async function signInAgain(file) {
    isSending = false;
    const fields = new FormData(form);
    fields.set("file", new File([], file.name));
    await fetch(form.action, { method: "POST", body: fields, redirect: "manual" });
    location.assign(form.action);
  }

  function offerRetry(line, file, name) {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button-link";
    again.textContent = words.retry;
    again.addEventListener("click", async () => {
      again.remove();
      if (await deliver(line, file, name)) offerRefresh();
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
