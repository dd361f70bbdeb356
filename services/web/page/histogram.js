// Choosing a period on the histogram: by dragging over it, or with its two sliders, which a keyboard moves as well.
// Buckets are numbered from the left; each is so many months long.

const monthOf = (year, month) => `${String(year).padStart(4, "0")}-${String(month + 1).padStart(2, "0")}`;

export function timeBand(root, choose) {
  const band = root.querySelector(".histogram");
  if (!band) return;
  const svg = band.querySelector("svg");
  const earliest = band.querySelector(".earliest");
  const latest = band.querySelector(".latest");
  const output = band.querySelector("output");
  const buckets = Number(band.dataset.buckets);
  const step = Number(band.dataset.step);
  const [firstYear, firstMonth] = band.dataset.first.split("-").map(Number);
  band.querySelector(".sliders").hidden = false;

  function monthAt(months) {
    const since = firstMonth - 1 + months;
    return { year: firstYear + Math.floor(since / 12), month: since % 12 };
  }

  const firstDay = (bucket) => {
    const { year, month } = monthAt(bucket * step);
    return `${monthOf(year, month)}-01`;
  };
  const lastDay = (bucket) => {
    const { year, month } = monthAt(bucket * step + step - 1);
    return `${monthOf(year, month)}-${new Date(Date.UTC(year, month + 1, 0)).getUTCDate()}`;
  };
  const text = (day) => `${day.slice(5, 7)}/${day.slice(0, 4)}`;

  function paint(first, last) {
    for (const bar of svg.children) {
      const bucket = Math.floor(bar.x.baseVal.value / 10);
      bar.classList.toggle("out", bucket < first || bucket > last);
    }
    earliest.value = first;
    latest.value = last;
    earliest.setAttribute("aria-valuetext", text(firstDay(first)));
    latest.setAttribute("aria-valuetext", text(lastDay(last)));
    const whole = first === 0 && last === buckets - 1;
    output.textContent = whole ? "" : `${text(firstDay(first))} – ${text(lastDay(last))}`;
  }

  function chosen() {
    const ends = [Number(earliest.value), Number(latest.value)];
    return [Math.min(...ends), Math.max(...ends)];
  }

  // All of it is no condition.
  function commit() {
    const [first, last] = chosen();
    const whole = first === 0 && last === buckets - 1;
    choose(whole ? "" : firstDay(first), whole ? "" : lastDay(last));
  }

  for (const slider of [earliest, latest]) {
    slider.addEventListener("input", () => paint(...chosen()));
    slider.addEventListener("change", commit);
  }

  function bucketAt(event) {
    const { left, width } = svg.getBoundingClientRect();
    const at = Math.floor((event.clientX - left) / width * buckets);
    return Math.min(Math.max(at, 0), buckets - 1);
  }

  const before = chosen();
  let start = -1;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    start = bucketAt(event);
    paint(start, start);
  });
  svg.addEventListener("pointermove", (event) => {
    if (start < 0) return;
    const at = bucketAt(event);
    paint(Math.min(start, at), Math.max(start, at));
  });
  svg.addEventListener("pointerup", () => {
    if (start < 0) return;
    start = -1;
    commit();
  });
  svg.addEventListener("pointercancel", () => {
    start = -1;
    paint(...before);
  });

  paint(...before);
}
