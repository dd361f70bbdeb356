// Runs before anything is painted: the reader's choice of light or dark, where the browser keeps such things for us.
// Without a choice the style sheet follows the system.
"use strict";

document.documentElement.classList.add("scripted");
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is barred: the choice holds for this page.
}
