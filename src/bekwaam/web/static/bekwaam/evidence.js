/**
 * The form for evidence: counts words while somebody writes, and opens what a competence asks in its place.
 * Without this script the server counts after each save, and the button sends the form to open it.
 */
const WORD = /[\p{L}\p{N}]/u;

document.querySelectorAll("[data-words]").forEach((line) => {
  const field = document.getElementById(line.dataset.words);
  const count = () => {
    const number = field.value.split(/\s+/).filter((part) => WORD.test(part)).length;
    line.textContent = number === 1 ? line.dataset.wordsOne : line.dataset.wordsMany.replace("{number}", number);
  };
  field?.addEventListener("input", count);
  if (field) count();
});

document.querySelectorAll("button[data-ladder]").forEach((button) => {
  button.addEventListener("click", async (event) => {
    if (button.dataset.failed) return; // then the form goes to the server after all
    event.preventDefault();
    const form = button.form;
    try {
      const answer = await fetch(button.dataset.ladder.replace("CODE", encodeURIComponent(button.value)), { redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const part = document.createElement("template");
      part.innerHTML = await answer.text();
      const ladder = part.content.firstElementChild;
      button.closest(".ties__more").replaceWith(ladder);
      form.dispatchEvent(new Event("input", { bubbles: true }));
      ladder.querySelector("input[type=checkbox]")?.focus();
    } catch {
      button.dataset.failed = "yes";
      if (navigator.onLine) button.click();
    }
  });
});
