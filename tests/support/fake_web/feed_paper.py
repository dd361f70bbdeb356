"""A paper that publishes when it is told to, names the news in one feed and notes every request with its moment."""
import email.utils
import http.server
import threading
import time

from paper import Answer, Site

INDEX = 7  # which articles are its own
FEED = "/rss.xml"


class FeedPaper(Site):
    """Thread-safe. Moments are those of time.monotonic()."""

    def __init__(self, port, index=INDEX):
        super().__init__(index, port, time.time(), publish_every=1, duration=0)
        self.quirk = "plain"
        self.dates = []  # of the articles, by the calendar
        self.log = []
        self.lock = threading.Lock()

    def publish(self):
        """Returns the moment since which the next article can be fetched and the feed names it."""
        with self.lock:
            self.dates.append(time.time())
            return time.monotonic()

    def url(self, n):
        return self.home.rstrip("/") + self.path(n)

    def ask(self, path, headers):
        with self.lock:
            answer = self.answer(path, headers, time.time())
            self.log.append({"moment": time.monotonic(), "path": path, "status": answer.status,
                             "etag": answer.headers.get("ETag"), "count": len(self.dates)})
            return answer

    def asked(self, path):
        with self.lock:
            return [entry for entry in self.log if entry["path"] == path]

    def count(self, now):
        return len(self.dates)

    def published(self, n):
        return self.dates[n]

    def version(self, n, now):
        return 1

    def content(self, path, headers, now):
        answer = super().content(path, headers, now)
        return self.dated(answer, headers) if path == FEED else answer

    def dated(self, answer, headers):
        """The feed's date is that of its latest article, and counts where no tag is asked for (RFC 9110, 13.1.3)."""
        changed = int(max(self.dates, default=self.start))
        answer.headers["Last-Modified"] = email.utils.formatdate(changed, usegmt=True)
        since = headers.get("if-modified-since")
        if "if-none-match" in headers or since is None or changed > email.utils.parsedate_to_datetime(since).timestamp():
            return answer
        return Answer(304, **{name.replace("-", "_"): answer.headers[name] for name in ("ETag", "Last-Modified")})


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        answer = self.server.paper.ask(self.path, {name.lower(): value for name, value in self.headers.items()})
        self.send_response(answer.status)
        for item in answer.headers.items():
            self.send_header(*item)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_):
        """Requests are noted by the paper."""


class FeedPaperServer(http.server.ThreadingHTTPServer):
    """Serves `paper` on loopback from start() to stop()."""
    daemon_threads = True

    def __init__(self, index=INDEX, paper=FeedPaper, port=0):
        super().__init__(("127.0.1.%d" % (index + 1), port), Handler)
        self.paper = paper(self.server_port, index)

    def start(self):
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()
