/**
 * The assessor's screen: a selected passage becomes a note, a tick is kept at once, a way to begin comes in at
 * the cursor, and "next piece" walks through the evidence. Without this script all of it goes by its buttons.
 */
const PAUSE = 600;
const notes = document.getElementById("notes");
const quoteButton = document.querySelector("button[data-quote]");
document.documentElement.classList.add("scripted");

/** The selected text and the piece it stands in; null when that is not one passage of one piece. */
function passage() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const piece = (around.closest ? around : around.parentElement)?.closest("[id^='piece-']");
  const text = selection.toString().replace(/\s+/g, " ").trim();
  return piece && text ? { text, ref: piece.id.slice("piece-".length), box: range.getBoundingClientRect() } : null;
}

function offer() {
  const found = passage();
  quoteButton.hidden = !found;
  if (!found) return;
  const top = Math.min(innerHeight - 60, Math.max(8, found.box.bottom + 8));
  quoteButton.style.setProperty("top", `${top}px`);
  quoteButton.style.setProperty("left", `${Math.max(8, Math.min(found.box.left, innerWidth - 240))}px`);
}

function quote() {
  const found = passage();
  const form = notes?.querySelector("form");
  if (!found || !form) return;
  notes.open = true;
  form.elements["note-quote"].value = found.text;
  form.elements["note-piece"].value = found.ref;
  getSelection().removeAllRanges();
  quoteButton.hidden = true;
  form.elements["note-text"].focus();
}

if (quoteButton && notes) {
  document.addEventListener("selectionchange", offer);
  addEventListener("scroll", offer, { passive: true });
  quoteButton.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
  quoteButton.addEventListener("click", quote);
  document.addEventListener(
    "keydown",
    (event) => {
      // Before keys.js would go to the empty note.
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select")) return;
      if (event.key === "n" && passage() && localStorage.getItem("bekwaam-keys-off") === null) {
        event.preventDefault();
        event.stopImmediatePropagation();
        quote();
      }
    },
    true,
  );
}

const ticks = document.querySelector("form[data-keep-ticks]");
if (ticks) {
  let timer = 0;
  const send = async () => {
    try {
      const data = new FormData(ticks);
      data.append("do", "checks");
      const answer = await fetch(location.pathname, { method: "POST", body: data, headers: { "X-Beside": "1" }, redirect: "manual", keepalive: true });
      if (!answer.ok) throw new Error(answer.status);
    } catch {
      document.documentElement.classList.remove("scripted"); // the buttons come back, and say what is wrong
    }
  };
  const later = (event) => {
    if (event.target.form !== ticks) return;
    clearTimeout(timer);
    timer = setTimeout(send, event.type === "change" ? 0 : PAUSE);
  };
  document.addEventListener("input", later);
  document.addEventListener("change", later);
}

document.querySelectorAll("[data-starters]").forEach((list) => {
  const field = document.getElementById(list.dataset.starters);
  list.querySelectorAll("li").forEach((line) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.textContent = line.textContent;
    button.addEventListener("click", () => {
      const before = field.value.slice(0, field.selectionStart);
      const gap = before && !/\s$/.test(before) ? " " : "";
      field.setRangeText(gap + line.textContent, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
      const hole = field.value.indexOf("…", before.length);
      if (hole >= 0) field.setSelectionRange(hole, hole + 1);
    });
    line.replaceChildren(button);
  });
});

const next = document.querySelector("[data-next-piece]");
const pieces = [...document.querySelectorAll(".judging__evidence [id^='piece-']")];
if (next && pieces.length) {
  let at = -1;
  const vraak = () => {
    document.querySelectorAll("summary[data-key='v']").forEach((one) => one.removeAttribute("data-key"));
    pieces[Math.max(at, 0)].querySelector(".checks > summary")?.setAttribute("data-key", "v");
  };
  next.hidden = false;
  vraak();
  next.addEventListener("click", () => {
    at = (at + 1) % pieces.length;
    const piece = pieces[at];
    piece.closest(".assessment-others")?.setAttribute("open", "");
    if (piece.tagName === "DETAILS") piece.open = true;
    (piece.tagName === "DETAILS" ? piece.querySelector("summary") : piece).focus({ preventScroll: true });
    piece.scrollIntoView({ block: "start" });
    vraak();
  });
}
