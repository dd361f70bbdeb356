// Runs before anything is painted: the reader's choice of light or dark, where the browser keeps such things for us.
// Without a choice the style sheet follows the system.
"use strict";

// Buttons that only browsers without our scripts need are hidden at once, and come back should a script not arrive.
if ("noModule" in HTMLScriptElement.prototype) document.documentElement.classList.add("scripted");
addEventListener("error", (event) => {
  if (event.target.tagName === "SCRIPT") document.documentElement.classList.remove("scripted");
}, true);

try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is barred: the choice holds for this page.
}
