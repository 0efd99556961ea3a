/**
 * Drops the copy that autosave.js kept of a form, once the server says that it has it: in a cookie that is
 * read once. Until then the words stay in this browser, also when sending them failed. See shared/kept.py.
 */
const NAME = "bekwaam_kept=";
const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(NAME));

if (found) {
  try {
    localStorage.removeItem(decodeURIComponent(found.slice(NAME.length)));
  } catch {
    // A browser that forbids storage has no copy either.
  }
  document.cookie = `${NAME}; Max-Age=0; Path=/; SameSite=Lax`;
}
