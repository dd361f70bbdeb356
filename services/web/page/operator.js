// Keeps the operator's page up to date while it is looked at.
import { fetchPage, swapMain } from "/swap.js";

const everyMs = 3000;

async function refresh() {
  if (document.hidden) return;
  try {
    swapMain(await fetchPage(location.href, AbortSignal.timeout(everyMs * 3)));
    const fresh = document.getElementById("fresh");
    fresh.textContent = `${fresh.dataset.live} · ${new Date().toLocaleTimeString(document.documentElement.lang)}`;
    fresh.classList.remove("stale");
  } catch {
    document.getElementById("fresh").classList.add("stale");
  }
}

export async function keepFresh() {
  await refresh();
  setTimeout(keepFresh, everyMs);
}
