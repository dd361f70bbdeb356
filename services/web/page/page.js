// Searches without loading the page anew. Without this script every link and the form work all the same: the server
// renders the same addresses. Texts only ever become text nodes.
"use strict";

(() => {
  const form = document.getElementById("search");
  const main = document.getElementById("main");
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const vietnamMs = 7 * 3600 * 1000;
  let running = null;

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  // Highlights are byte ranges of the UTF-8 text.
  function marked(text, highlights) {
    const bytes = encoder.encode(text);
    const parts = [];
    let done = 0;
    for (const { begin, end } of highlights || []) {
      if (begin < done || end <= begin || end > bytes.length) continue;
      parts.push(decoder.decode(bytes.subarray(done, begin)));
      parts.push(element("mark", "", decoder.decode(bytes.subarray(begin, end))));
      done = end;
    }
    parts.push(decoder.decode(bytes.subarray(done)));
    return parts;
  }

  function published(hit) {
    if (!hit.published || hit.publishedPrecision === "TIME_PRECISION_UNSPECIFIED") return "";
    const local = new Date(Date.parse(hit.published) + vietnamMs).toISOString();
    const day = `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)}`;
    return hit.publishedPrecision === "TIME_PRECISION_DAY" ? day : `${day} ${local.slice(11, 16)}`;
  }

  function place(hit) {
    const { commune, district, province, provinceToday } = hit.place || {};
    const names = [commune, district, province].filter(Boolean).join(", ");
    return province && province !== provinceToday ? `${names} (nay là ${provinceToday})` : names;
  }

  function titleLink(hit) {
    const link = element("a", "", ...(hit.title ? marked(hit.title, hit.titleHighlights) : [hit.url]));
    if (/^https?:\/\//i.test(hit.url)) {
      link.href = hit.url;
      link.rel = "noopener external";
      link.referrerPolicy = "origin";
    } else {
      link.href = storedCopy(hit);
    }
    return link;
  }

  function storedCopy(hit) {
    return "/article?id=" + encodeURIComponent(hit.articleId);
  }

  function hitItem(hit) {
    const meta = element("p", "meta");
    for (const part of [hit.sourceName || hit.site, published(hit), place(hit)]) {
      if (part) meta.append(element("span", "", part));
    }
    const item = element("li", "hit", element("h2", "", titleLink(hit)), meta);
    for (const snippet of hit.snippets || []) {
      const name = snippet.part === "PART_CAPTION" ? "snippet caption" : "snippet";
      item.append(element("p", name, ...marked(snippet.text, snippet.highlights)));
    }
    const stored = element("a", "", "Xem bản lưu");
    stored.href = storedCopy(hit);
    item.append(element("p", "stored", stored));
    return item;
  }

  function summary(found) {
    const seconds = parseFloat(found.took || "0").toLocaleString("vi-VN", {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
    const total = Number(found.total || 0).toLocaleString("vi-VN");
    return element("p", "summary", `${found.totalIsExact ? "" : "Ít nhất "}${total} bài viết (${seconds} giây)`);
  }

  function state(className, strong, text) {
    const box = element("div", "state " + className, element("p", "", element("strong", "", strong)));
    if (text) box.append(element("p", "detail", text));
    return box;
  }

  function hitList(found) {
    if (!found.hits || found.hits.length === 0) {
      return state("", "Không tìm thấy bài viết nào.",
                   "Thử ít từ hơn, bỏ dấu ngoặc kép, hoặc bỏ bớt điều kiện lọc.");
    }
    return element("ol", "hits", ...found.hits.map(hitItem));
  }

  function nextPage(found, params) {
    if (!found.nextPageToken) return [];
    const next = new URLSearchParams(params);
    next.set("page_token", found.nextPageToken);
    const link = element("a", "next", "Trang sau");
    link.rel = "next";
    link.href = "/search?" + next;
    return [element("nav", "pages", link)];
  }

  function showFound(found, params) {
    const notices = (found.notices || []).map((notice) => element("p", "notice", notice.text));
    main.replaceChildren(summary(found), ...notices, hitList(found), ...nextPage(found, params));
  }

  function showError(status, message) {
    const texts = {
      400: "Yêu cầu tìm kiếm này không đọc được.",
      429: "Đang có quá nhiều người tìm. Xin thử lại sau ít giây.",
      504: "Tìm lâu quá mà chưa xong. Xin thử lại.",
    };
    const box = state("error", texts[status] || "Chưa tìm được lúc này. Xin thử lại sau.",
                      status === 400 ? message : "");
    box.setAttribute("role", "alert");
    main.replaceChildren(box);
  }

  async function load(params) {
    if (running) running.abort();
    running = new AbortController();
    const { signal } = running;
    main.setAttribute("aria-busy", "true");
    try {
      const response = await fetch("/v1/search?" + params, { signal, headers: { Accept: "application/json" } });
      const answer = await response.json();
      if (response.ok) {
        showFound(answer, params);
      } else {
        showError(response.status, answer.error ? answer.error.message : "");
      }
    } catch (error) {
      if (signal.aborted) return;
      showError(0, "");
    }
    main.removeAttribute("aria-busy");
    document.body.className = "results";
    const words = params.get("q");
    document.title = words ? `${words} – Tin Tỉnh` : "Tin Tỉnh";
  }

  // What the form says, without empty fields and without the page.
  function formParams() {
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value) params.append(name, value);
    }
    return params;
  }

  function isSearch(params) {
    return ["q", "province", "site", "from", "to"].some((name) => params.get(name));
  }

  function search() {
    const params = formParams();
    if (!isSearch(params)) return;
    history.pushState(null, "", "/search?" + params);
    load(params);
  }

  // Back and forward: the form shows what the address asks for.
  function followAddress() {
    const params = new URLSearchParams(location.search);
    if (location.pathname !== "/search" || !isSearch(params)) {
      location.reload();
      return;
    }
    for (const field of form.querySelectorAll("input:not([type=hidden]), select")) {
      field.value = params.get(field.name) || "";
    }
    load(params);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.querySelectorAll("select, input[type=date]").forEach((field) => field.addEventListener("change", search));
  main.addEventListener("click", (event) => {
    const link = event.target.closest("a.next");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const address = new URL(link.href);
    history.pushState(null, "", address);
    load(address.searchParams).then(() => window.scrollTo(0, 0));
  });
  window.addEventListener("popstate", followAddress);
})();
