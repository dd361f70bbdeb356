"""One made-up province paper: what it answers to a path, and the rules that a visitor of it must keep."""
import email.utils
import hashlib
import re
import time
import unicodedata

import articles

FIRST_ARTICLES = 8
FIRST_NUMBER = 100_000  # in addresses
PATH = "/thoi-su/chuyen-nha-nong-va-bai-toan-dau-ra-%d.html"
ARTICLE = re.compile(r"/thoi-su/[a-z-]+-(\d+)(-\w+)?\.html")
DELAY = 0.25
QUIRKS = ("plain", "atom", "crawl_delay", "wildcards", "robots_404", "robots_403", "robots_moved", "robots_large",
          "robots_group", "robots_503", "broken_feed", "sitemap_index", "news_sitemap", "sections", "three_slugs",
          "windows_1258", "future_dates", "limited_seconds", "limited_date", "unavailable")


def windows_1258(text):
    """The code page has hatted letters and combining tones: the dot below must come after the hat, unlike in NFD."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        base = "".join(mark for mark in marks if mark not in tones)
        out.append(unicodedata.normalize("NFC", base) + "".join(tones))
    return "".join(out).encode("cp1258", "xmlcharrefreplace")


class Answer:
    def __init__(self, status, body=b"", kind="text/html; charset=utf-8", **headers):
        self.status, self.body = status, body if isinstance(body, bytes) else body.encode()
        self.headers = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}


class Site:
    def __init__(self, index, port, start, publish_every, duration):
        self.index, self.quirk, self.start = index, QUIRKS[index], start
        self.host = "127.0.1.%d" % (index + 1)
        self.home = "http://%s:%d/" % (self.host, port)
        self.publish_every, self.duration = publish_every, duration
        self.requests = 0
        self.refused_until = 0.0

    # What there is to see.

    def count(self, now):
        """Articles published by now."""
        later = min(now - self.start, self.duration) / self.publish_every
        return FIRST_ARTICLES + max(0, int(later))

    def number(self, n):
        return self.index * 10_000 + n

    def published(self, n):
        return self.start + max(0, n - FIRST_ARTICLES + 1) * self.publish_every

    def version(self, n, now):
        """Every fifth article is corrected ninety seconds after it came out."""
        return 2 if n % 5 == 0 and now > self.published(n) + 90 else 1

    def path(self, n):
        return PATH % (FIRST_NUMBER + n)

    # What a visitor is told to keep to.

    def delay(self):
        return 0.5 if self.quirk == "crawl_delay" else DELAY

    def disallowed(self, path):
        if self.quirk in ("robots_404", "robots_403"):
            return False
        return path.startswith("/noi-bo/") or (self.quirk == "wildcards" and path.endswith(".pdf"))

    def config(self):
        lines = ["- id: tinh-%d" % (self.index + 1), "  name: 'Báo Thử %d'" % (self.index + 1), "  home: '%s'" % self.home,
                 "  delay: %dms" % (DELAY * 1000), "  feed_interval: 3s", "  sitemap_interval: 3s", "  section_interval: 3s",
                 "  recheck: [60s, 240s]"]
        listing = {"sitemap_index": "  sitemaps: [/sitemap.xml]", "news_sitemap": "  sitemaps: [/sitemap-news.xml]",
                   "sections": "  section_pages: [/thoi-su/, '/thoi-su/?trang=2']"}
        return "\n".join(lines + [listing.get(self.quirk, "  feeds: [/rss.xml]")])

    # Answers.

    def answer(self, path, headers, now):
        self.requests += 1
        if path in ("/robots.txt", "/robots2.txt"):
            return self.robots(path, now)
        return self.refusal(now) or self.content(path, headers, now)

    def robots(self, path, now):
        rules = "User-agent: *\nDisallow: /noi-bo/\n"
        if self.quirk == "robots_404":
            return Answer(404)
        if self.quirk == "robots_403":
            return Answer(403)
        if self.quirk == "robots_503" and now < self.start + 5:
            return self.refuse(now, 5, Retry_After="5")
        if self.quirk == "robots_moved" and path == "/robots.txt":
            return Answer(301, Location="/robots2.txt")
        if self.quirk == "crawl_delay":
            rules += "Crawl-delay: 0.5\n"
        if self.quirk == "wildcards":
            rules += "Disallow: /*.pdf$\n"
        if self.quirk == "robots_group":
            rules = "User-agent: *\nDisallow: /\n\nUser-agent: tintinh\nDisallow: /noi-bo/\n"
        if self.quirk == "robots_large":
            rules += "# %s\n" % ("x" * 70) * 9000
        if self.quirk == "atom":
            rules = "\ufeff" + rules.replace("\n", "\r\n")
        return Answer(200, rules, "text/plain")

    def refuse(self, now, seconds, status=503, **headers):
        self.refused_until = max(self.refused_until, now + seconds)
        return Answer(status, "quá tải", "text/plain", **headers)

    def refusal(self, now):
        """Every twelfth request is one too many."""
        if self.requests % 12 != 0:
            return None
        if self.quirk == "limited_seconds":
            return self.refuse(now, 4, 429, Retry_After="4")
        if self.quirk == "limited_date":
            until = int(now) + 5
            return self.refuse(now, until - now, 429, Retry_After=email.utils.formatdate(until, usegmt=True))
        if self.quirk == "unavailable":
            return self.refuse(now, 60)
        return None

    def content(self, path, headers, now):
        if path == "/rss.xml":
            return self.conditional(self.feed(now), "application/rss+xml", headers)
        if path.startswith("/sitemap"):
            return self.conditional(self.sitemap(path, now), "application/xml", headers)
        if path.startswith("/thoi-su/?trang=") or path in ("/", "/thoi-su/"):
            return self.conditional(self.section(path, now), "text/html; charset=utf-8", headers)
        article = ARTICLE.fullmatch(path)
        if article and 0 <= int(article[1]) - FIRST_NUMBER < self.count(now):
            return self.article(int(article[1]) - FIRST_NUMBER, headers, now)
        return Answer(404)

    def conditional(self, text, kind, headers, **more):
        body = text if isinstance(text, bytes) else text.encode()
        tag = '"%s"' % hashlib.sha1(body).hexdigest()[:16]
        if headers.get("if-none-match") == tag:
            return Answer(304, ETag=tag)
        return Answer(200, body, kind, ETag=tag, **more)

    def newest(self, now, most=20):
        count = self.count(now)
        return range(count - 1, max(-1, count - 1 - most), -1)

    def feed(self, now):
        links = [(articles.title(self.number(n)), self.home.rstrip("/") + self.path(n), self.published(n)) for n in self.newest(now)]
        links.append(("Công văn nội bộ", self.home + "noi-bo/cong-van.html", now))
        if self.quirk == "wildcards":
            links.append(("Phụ lục", self.home + "phu-luc.pdf", now))
        if self.quirk == "three_slugs":
            links += [(t, u.replace(".html", "-%s.html" % slug), p) for t, u, p in links[:3] for slug in ("amp", "in")]
        if self.quirk == "atom":
            entries = "".join('<entry><title>%s</title><link href="%s"/><id>%s</id></entry>' % (t, u, u) for t, u, _ in links)
            return '<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo</title>%s</feed>' % entries
        items = "".join("<item><title>%s%s</title><link>%s</link></item>" %
                        (t, " & hơn nữa" if self.quirk == "broken_feed" else "", u) for t, u, _ in links)
        end = "" if self.quirk == "broken_feed" else "</channel></rss>"
        return '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Báo</title>%s%s' % (items, end)

    def sitemap(self, path, now):
        names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        if path == "/sitemap.xml":
            return "<sitemapindex %s><sitemap><loc>%ssitemap-bai.xml</loc></sitemap></sitemapindex>" % (names, self.home)
        urls = "".join("<url><loc>%s</loc></url>" % (self.home.rstrip("/") + self.path(n)) for n in self.newest(now, 1000))
        return "<urlset %s>%s</urlset>" % (names, urls)

    def section(self, path, now):
        links = "".join('<div class="tin"><h3><a href="%s">%s</a></h3><p>%s</p></div>' %
                        (self.path(n), articles.title(self.number(n)), articles.paragraphs(self.number(n), 1)[0])
                        for n in self.newest(now))
        traps = '<a href="/lich/?thang=%d">Lịch</a><a href="/noi-bo/so.html">Nội bộ</a>' % (int(now) % 1000)
        return "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Thời sự</title></head><body>%s%s" \
               "</body></html>" % (links, traps)

    def article(self, n, headers, now):
        version = self.version(n, now)
        day = time.strftime("%Y-%m-%dT%H:%M:%S+07:00", time.gmtime(self.published(n) + 7 * 3600))
        text = articles.page(self.number(n), version, day, self.path(n))
        more = {"X_Version": str(version)}
        if self.quirk == "future_dates":
            more["Last_Modified"] = email.utils.formatdate(now + 86400, usegmt=True)
        if self.quirk == "windows_1258":
            legacy = windows_1258(text.replace("utf-8", "windows-1258"))
            return self.conditional(legacy, "text/html; charset=windows-1258", headers, **more)
        return self.conditional(text, "text/html; charset=utf-8", headers, **more)
