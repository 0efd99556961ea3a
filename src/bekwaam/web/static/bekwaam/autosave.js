/**
 * Keeps what is typed: every <form data-draft-url="..."> is sent there a moment after the last keystroke, and
 * once more when the page goes away. Until the server confirms, a copy in this browser comes back on the next
 * visit. A form that is sent names its copy; once it has arrived the next page drops that (kept.js). Files and
 * passwords are left out. Texts: components/draft_status.html.
 */
const PAUSE = 800;
const FIRST_RETRY = 2000;
const LAST_RETRY = 60000;
const SENT = "_draft";
const SKIPPED = new Set(["csrfmiddlewaretoken", SENT]);

/** The form's fields as a query string: repeated names stay repeated, files are left out. */
function fieldsOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const secret = form.elements[name]?.type === "password";
    if (typeof value === "string" && !SKIPPED.has(name) && !secret) fields.append(name, value);
  }
  return fields.toString();
}

/** The form as the server sent it, whatever was typed before this script came to life. */
function asServed(form) {
  const copy = form.cloneNode(true);
  HTMLFormElement.prototype.reset.call(copy);
  return copy;
}

/** Whether two controls hold the same. */
function isSame(one, other) {
  if (one.type === "select-multiple") return [...one.options].every((o, i) => o.selected === other.options[i].selected);
  return one.value === other.value && one.checked === other.checked;
}

/** Puts kept fields back, but not over what was typed since; a box that is not in the copy was not ticked. */
function restore(form, served, text) {
  const kept = new URLSearchParams(text);
  for (const [place, control] of [...form.elements].entries()) {
    const { name, type } = control;
    if (!name || SKIPPED.has(name) || ["file", "password", "hidden", "submit", "button"].includes(type)) continue;
    if (!isSame(control, served.elements[place])) continue;
    const values = kept.getAll(name);
    if (type === "checkbox" || type === "radio") control.checked = values.includes(control.value);
    else if (type === "select-multiple") for (const o of control.options) o.selected = values.includes(o.value);
    else if (values.length) control.value = values[0];
  }
}

/** A method of localStorage; null where the browser forbids it or it is full. */
function store(method, ...values) {
  try {
    return localStorage[method](...values);
  } catch {
    return null;
  }
}

/** Starts keeping one form. */
function keep(form) {
  const url = form.dataset.draftUrl;
  const status = form.querySelector("[data-draft-status]") ?? document.querySelector("[data-draft-status]");
  // The owner is part of the key: on a shared computer nobody gets to see what another person typed.
  const key = `bekwaam-draft ${status?.dataset.draftOwner ?? ""} ${url}`;
  const served = asServed(form);
  let confirmed = fieldsOf(served);
  let timer = 0;
  let delay = FIRST_RETRY;
  let sending = false;
  let leaving = false;

  const tell = (state, time = "") => {
    if (!status) return;
    status.dataset.state = state;
    status.textContent = (status.dataset[`text${state[0].toUpperCase()}${state.slice(1)}`] ?? "").replace("{time}", time);
  };
  const body = (fields) => {
    const data = new FormData();
    const token = form.elements.csrfmiddlewaretoken;
    if (token) data.append("csrfmiddlewaretoken", token.value);
    for (const [name, value] of new URLSearchParams(fields)) data.append(name, value);
    return data;
  };
  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(send, ms);
  };

  async function send() {
    const fields = fieldsOf(form);
    if (sending || leaving || fields === confirmed) return;
    sending = true;
    tell("saving");
    try {
      const answer = await fetch(url, { method: "POST", body: body(fields), redirect: "manual" });
      if (!answer.ok) throw Object.assign(new Error(answer.status), { refused: answer.status < 500 });
      confirmed = fields;
      delay = FIRST_RETRY;
      if (fieldsOf(form) === fields) store("removeItem", key);
      tell("saved", new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }));
    } catch (fault) {
      tell(fault.refused ? "refused" : "failed");
      later(delay);
      delay = Math.min(delay * 2, LAST_RETRY);
    } finally {
      sending = false;
      if (confirmed === fields && fieldsOf(form) !== fields) later(PAUSE);
    }
  }

  const lastWord = () => {
    const fields = fieldsOf(form);
    if (!leaving && fields !== confirmed) navigator.sendBeacon(url, body(fields));
  };

  const old = store("getItem", key);
  if (old === confirmed) store("removeItem", key);
  else if (old !== null) {
    restore(form, served, old);
    tell("restored");
  }
  if (fieldsOf(form) !== confirmed) later(PAUSE);
  form.addEventListener("input", () => {
    store("setItem", key, fieldsOf(form));
    later(PAUSE);
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      leaving = true;
      clearTimeout(timer);
    } else {
      event.preventDefault();
      tell("failed");
    }
  });
  form.addEventListener("formdata", ({ formData }) => leaving && formData.set(SENT, key));
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("online", () => later(0));
  addEventListener("pagehide", lastWord);
  document.addEventListener("visibilitychange", () => document.hidden && lastWord());
}

document.querySelectorAll("form[data-draft-url]").forEach(keep);
