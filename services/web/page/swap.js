// Puts the content of a page that the server rendered into the one that is open, and keeps what the reader was at:
// the focus, lists that were unfolded, tables that were scrolled.

// How to find the focused element again among new elements; null when it is not in the part that changes.
function focusKey(main) {
  const element = document.activeElement;
  if (!element || element === document.body || !main.contains(element)) return null;
  const { id, name, value, type } = element;
  const href = element.getAttribute("href");
  return (other) => {
    if (id) return other.id === id;
    if (name) return other.name === name && (type !== "checkbox" || other.value === value);
    return href !== null && other.getAttribute("href") === href;
  };
}

function restoreFocus(main, matches) {
  const focusable = main.querySelectorAll("a, input, select, button, [tabindex]");
  const found = [...focusable].find(matches) || document.getElementById("summary");
  if (found) found.focus({ preventScroll: true });
}

// `prepare` is called on the new content before the focus goes there: what is hidden cannot take it.
export function swapMain(page, prepare = () => {}) {
  const main = document.getElementById("main");
  const matches = focusKey(main);
  const unfolded = [...main.querySelectorAll("details[id][open]")].map((details) => details.id);
  const scrolled = [...main.querySelectorAll(".table")].map((table) => table.scrollLeft);
  main.replaceChildren(...page.getElementById("main").childNodes);
  for (const id of unfolded) {
    const details = document.getElementById(id);
    if (details) details.open = true;
  }
  main.querySelectorAll(".table").forEach((table, at) => { table.scrollLeft = scrolled[at] || 0; });
  prepare();
  if (matches) restoreFocus(main, matches);
}

// A page of ours, whatever its status; throws when there is none to be had.
export async function fetchPage(url, signal) {
  const response = await fetch(url, { signal, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!page.getElementById("main")) throw new Error(`no page at ${url}`);
  return page;
}
