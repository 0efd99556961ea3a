/**
 * Sends a chosen file piece by piece, with a bar; a lost connection costs the last piece. The form then names
 * the file in its hidden field "upload". Without this script the form sends the file itself.
 * Texts: portfolio/evidence_form.html, portfolio/bring_in.html.
 */
const PIECE = 2 * 1024 * 1024;
const FIRST_RETRY = 1000;
const LAST_RETRY = 20000;
const MB = 1024 * 1024;

/** Where we remember, in this browser, under which reference a file is coming in. */
const memory = (file) => `bekwaam-upload ${file.name} ${file.size} ${file.lastModified}`;

function store(method, ...values) {
  try {
    return localStorage[method](...values);
  } catch {
    return null;
  }
}

function start(box) {
  const input = document.getElementById(box.dataset.uploadFor);
  const form = input.form;
  const named = form.elements.upload;
  const bar = box.querySelector("progress");
  const status = box.querySelector("[data-upload-status]");
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  let busy = null; // the file that is on its way
  let submitting = null; // the button that was pressed meanwhile

  const say = (text, file, done = 0) => {
    const shown = (bytes) => (bytes / MB).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    status.textContent = text.replace("{name}", file.name).replace("{done}", shown(done)).replace("{total}", shown(file.size));
  };

  async function ask(url, options = {}) {
    const answer = await fetch(url, { redirect: "error", ...options, headers: { ...headers, ...options.headers } });
    const told = await answer.json().catch(() => ({}));
    if (answer.status === 401 || answer.status === 422) throw Object.assign(new Error(told.error), { final: told.error });
    if (!answer.ok && answer.status !== 409) throw Object.assign(new Error(answer.status), { gone: answer.status === 404 });
    return told;
  }

  async function begin(file) {
    const known = store("getItem", memory(file));
    if (known) {
      try {
        return await ask(`${box.dataset.upload}${known}/`);
      } catch (fault) {
        if (!fault.gone) throw fault;
      }
    }
    const body = new URLSearchParams({ name: file.name, size: file.size, purpose: box.dataset.uploadPurpose ?? "" });
    const told = await ask(box.dataset.upload, { method: "POST", body });
    store("setItem", memory(file), told.ref);
    return told;
  }

  async function send(file) {
    let { ref, received } = await begin(file);
    while (received < file.size && busy === file) {
      bar.value = (100 * received) / file.size;
      say(box.dataset.textSending, file, received);
      const piece = file.slice(received, received + PIECE);
      ({ received } = await ask(`${box.dataset.upload}${ref}/`, {
        method: "PATCH", body: piece, headers: { "Upload-Offset": received, "Content-Type": "application/octet-stream" },
      }));
    }
    return ref;
  }

  function finish(file, ref) {
    named.value = ref;
    store("removeItem", memory(file));
    input.value = "";
    bar.value = 100;
    say(box.dataset.textDone, file);
    form.dispatchEvent(new Event("input", { bubbles: true }));
    if (submitting) form.requestSubmit(submitting);
  }

  function wait(delay) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delay);
      addEventListener("online", () => (clearTimeout(timer), resolve()), { once: true });
    });
  }

  input.addEventListener("change", async () => {
    const file = input.files[0];
    busy = file ?? null;
    bar.hidden = !file;
    if (!file) return;
    for (let delay = FIRST_RETRY; busy === file; delay = Math.min(2 * delay, LAST_RETRY)) {
      try {
        const ref = await send(file);
        if (busy !== file) return;
        busy = null;
        finish(file, ref);
      } catch (fault) {
        if (fault.final) {
          busy = submitting = null;
          bar.hidden = true;
          status.textContent = fault.final;
        } else {
          say(box.dataset.textWaiting, file);
          await wait(delay);
        }
      }
    }
  });

  form.addEventListener("submit", (event) => {
    if (!busy || event.submitter?.name) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    submitting = event.submitter;
    say(box.dataset.textSaving, busy);
  }, { capture: true });
}

document.querySelectorAll("[data-upload]").forEach(start);
