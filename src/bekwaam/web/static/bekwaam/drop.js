/**
 * Lets somebody drop a certificate anywhere on the page instead of choosing it; then it is sent at once.
 * Without this script the form works as it is. Nothing is read here: the files go into the field.
 */
const form = document.querySelector("form[data-drop]");
const input = form?.querySelector('input[type="file"]');
let inside = 0;

const brings = (event) => event.dataTransfer?.types.includes("Files");

function over(now) {
  inside = now;
  form.toggleAttribute("data-over", inside > 0);
}

function take(event) {
  if (!brings(event)) return;
  event.preventDefault();
  over(0);
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  form.requestSubmit();
}

if (input) {
  addEventListener("dragenter", (event) => brings(event) && over(inside + 1));
  addEventListener("dragleave", (event) => brings(event) && over(Math.max(0, inside - 1)));
  addEventListener("dragover", (event) => brings(event) && event.preventDefault());
  addEventListener("drop", take);
}
