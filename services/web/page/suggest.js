// Suggestions under the search box: a combobox with a list, as ARIA 1.2 describes it. Where nothing suggests, nothing
// is shown and the box is a plain one.
const pauseMs = 120;      // between the last key and the question
const mostFailures = 3;   // in a row; then no more questions

export function suggestWhileTyping(input, list, submit) {
  let timer = 0;
  let running = null;
  let failures = 0;
  let active = -1;
  let typed = "";

  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false",
    "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }

  function close() {
    clearTimeout(timer);
    if (running) running.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function open(suggestions) {
    list.replaceChildren(...suggestions.map((text, at) => {
      const option = document.createElement("li");
      option.id = `suggestion-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = text;
      return option;
    }));
    active = -1;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
  }

  // -1 is the box itself, with what was typed.
  function activate(at) {
    const options = list.children;
    if (active >= 0) options[active].setAttribute("aria-selected", "false");
    active = at;
    input.value = at < 0 ? typed : options[at].textContent;
    if (at < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[at].id);
  }

  async function ask() {
    const words = input.value;
    if (running) running.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const response = await fetch(`/v1/suggest?${new URLSearchParams({ q: words, limit: 8 })}`, { signal });
      if (!response.ok) throw new Error(response.statusText);
      const { suggestions = [] } = await response.json();
      failures = 0;
      if (signal.aborted || document.activeElement !== input) return;
      typed = words;
      if (suggestions.length > 0) open(suggestions); else close();
    } catch {
      if (signal.aborted) return;
      ++failures;
      close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (!input.value.trim()) close();
    else if (failures < mostFailures) timer = setTimeout(ask, pauseMs);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && count > 0) {
      event.preventDefault();
      activate(-1);
      close();
    } else if (count > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate((active + 1 + step + count + 1) % (count + 1) - 1);
    }
  });

  input.form.addEventListener("submit", close);
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());  // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (!option) return;
    input.value = option.textContent;
    close();
    submit();
  });
}
