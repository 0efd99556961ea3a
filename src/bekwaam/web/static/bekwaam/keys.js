/**
 * An element with data-key="j" is clicked (a field, or anything with data-key-focus: focused) on that key, unless
 * someone is typing; "?" opens <dialog data-keys-help>. <input data-keys-switch> turns them off in this browser, as WCAG 2.1.4 asks.
 */
const OFF = "bekwaam-keys-off";
const TYPING = "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  const help = document.querySelector("dialog[data-keys-help]");
  if (event.key === "?" && help && !help.open) {
    help.showModal();
    event.preventDefault();
  } else if (!help?.open && localStorage.getItem(OFF) === null) {
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target || target.disabled) return;
    event.preventDefault();
    if (target.matches("summary")) target.focus();
    else target.closest("details")?.setAttribute("open", "");
    if (target.matches("textarea, input:not([type=radio], [type=checkbox]), [data-key-focus]")) target.focus();
    else target.click();
  }
});

document.querySelectorAll("[data-keys-open]").forEach((button) => {
  button.addEventListener("click", () => document.querySelector("dialog[data-keys-help]")?.showModal());
});

document.querySelectorAll("[data-keys-switch]").forEach((box) => {
  box.checked = localStorage.getItem(OFF) === null;
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
});
