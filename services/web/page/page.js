// Searches without loading the page anew: it asks for the same address as the browser would and puts the content into
// place. Without this script every link and the form work all the same.
import { fetchPage, swapMain } from "/swap.js";
import { suggestWhileTyping } from "/suggest.js";
import { timeBand } from "/histogram.js";

const form = document.getElementById("search");
const query = document.getElementById("q");
const main = document.getElementById("main");
const said = document.getElementById("said");
let running = null;
let shown = location.pathname + location.search;

function adopt(page) {
  const filtering = document.body.classList.contains("filtering");
  document.title = page.title;
  document.body.className = page.body.className;
  document.body.classList.toggle("filtering", filtering);
  for (const id of ["kept", "other-language"]) {
    document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  }
  swapMain(page, () => timeBand(main, choosePeriod));
  const summary = document.getElementById("summary") || main.querySelector("h1");
  said.classList.remove("offline");
  said.textContent = summary ? summary.textContent : "";
}

async function show(url) {
  if (running) running.abort();
  running = new AbortController();
  const { signal } = running;
  main.setAttribute("aria-busy", "true");
  try {
    adopt(await fetchPage(url, signal));
    shown = location.pathname + location.search;
  } catch {
    if (signal.aborted) return false;
    said.textContent = form.dataset.offline;
    said.classList.add("offline");
  }
  main.removeAttribute("aria-busy");
  return true;
}

async function go(url, toTop) {
  history.replaceState({ ...history.state, y: scrollY }, "");
  history.pushState(null, "", url);
  if (await show(url) && toTop) scrollTo(0, 0);
}

// What the form says, without empty fields; its fields beside the results belong to it too.
function formUrl() {
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value) params.append(name, value);
  }
  return `/search?${params}`;
}

function choosePeriod(from, to) {
  form.elements.from.value = from;
  form.elements.to.value = to;
  go(formUrl(), false);
}

function isPlainClick(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(formUrl(), false);
});

document.addEventListener("change", (event) => {
  if (event.target.form === form && event.target !== query && event.target.name) go(formUrl(), false);
});

// Links between searches; all others are left to the browser.
main.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/search']");
  if (!link || !isPlainClick(event) || !document.body.classList.contains("results")) return;
  event.preventDefault();
  go(link.href, link.rel === "next");
});

addEventListener("popstate", async (event) => {
  const url = location.pathname + location.search;
  if (url === shown) return;  // a place on this page
  const words = new URLSearchParams(location.search).get("q") || "";
  if (await show(url)) scrollTo(0, event.state ? event.state.y || 0 : 0);
  query.value = words;
});

// On a narrow screen the conditions cover the results while they are being chosen.
function setFiltering(on) {
  document.body.classList.toggle("filtering", on);
  const target = on ? document.querySelector("#filters input") : document.querySelector(".to-filters");
  if (target) target.focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest(".to-filters, #filters .done");
  if (!opener) return;
  event.preventDefault();
  setFiltering(opener.classList.contains("to-filters"));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("filtering")) setFiltering(false);
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  query.focus();
  query.select();
});

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

const theme = document.getElementById("theme");
theme.hidden = false;
theme.addEventListener("click", () => {
  const next = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem("theme", next);
  } catch {
    // Storage is barred: the choice holds for this page.
  }
});

suggestWhileTyping(query, document.getElementById("suggestions"), () => form.requestSubmit());
timeBand(main, choosePeriod);
if (document.body.classList.contains("operator")) import("/operator.js").then(({ keepFresh }) => keepFresh());
