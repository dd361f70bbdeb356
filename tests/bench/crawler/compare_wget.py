"""Runs crawl_bench and wget over the same pages, alternately, and prints the medians and their ratio."""
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

WORDS = ("xã bản thôn tỉnh huyện người dân trồng lúa ngô chè cà phê thủy lợi cầu đường trường học trạm y tế mùa vụ giống "
         "mới năng suất thu nhập hợp tác xã nông thôn miền núi biên giới lễ hội chợ phiên").split()
PAGE_BYTES = 26 * 1024
LINKS = 100

NGINX = """daemon off;
worker_processes 1;
pid {dir}/nginx.pid;
error_log {dir}/error.log;
events {{ worker_connections 256; }}
http {{
  types {{ text/html html; application/xml xml; text/plain txt; }}
  access_log off;
  keepalive_requests 100000;
  client_body_temp_path {dir}/t1; proxy_temp_path {dir}/t2; fastcgi_temp_path {dir}/t3;
  uwsgi_temp_path {dir}/t4; scgi_temp_path {dir}/t5;
  server {{ listen 127.0.0.1:{port}; root {dir}/site; index index.html; }}
}}
"""


def page(number, pages, rng):
    """A page of 26 KB that links to the next hundred, so that a crawl from the first reaches all."""
    links = "".join('<li><a href="/tin-%d.html">Tin %d</a></li>' % (n % pages, n % pages)
                    for n in range(number + 1, number + 1 + LINKS))
    text = []
    size = len(links)
    while size < PAGE_BYTES:
        paragraph = "<p>" + " ".join(rng.choices(WORDS, k=80)) + ".</p>\n"
        size += len(paragraph.encode())
        text.append(paragraph)
    return ('<!DOCTYPE html><html><head><meta charset="utf-8"><title>Tin %d</title></head><body><h1>Tin %d</h1>%s<ul>%s'
            "</ul></body></html>" % (number, number, "".join(text), links))


def make_site(directory, pages, home):
    rng = random.Random(7)
    os.makedirs(directory)
    for number in range(pages):
        with open("%s/tin-%d.html" % (directory, number), "w", encoding="utf-8") as file:
            file.write(page(number, pages, rng))
    shutil.copy(directory + "/tin-0.html", directory + "/index.html")
    with open(directory + "/robots.txt", "w") as file:
        file.write("User-agent: *\nDisallow: /quan-tri/\n")
    with open(directory + "/sitemap.xml", "w") as file:
        file.write('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
        file.writelines("<url><loc>%stin-%d.html</loc></url>" % (home, number) for number in range(pages))
        file.write("</urlset>")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_port(port):
    for _ in range(500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    sys.exit("nginx does not listen")


def run_wget(home, work, pages):
    shutil.rmtree(work + "/wget", ignore_errors=True)
    os.makedirs(work + "/wget")
    start = time.monotonic()
    subprocess.run(["taskset", "-c", "0", "wget", "-q", "-r", "-l", "inf", "--warc-file", work + "/wget/archive",
                    "--warc-cdx", "-P", work + "/wget", home], check=False)
    return pages / (time.monotonic() - start)


def run_ours(bench, home, work, pages):
    shutil.rmtree(work + "/ours", ignore_errors=True)
    out = subprocess.run(["taskset", "-c", "0", bench, home, work + "/ours"], check=True, capture_output=True, text=True)
    result = json.loads(out.stdout)
    if result["pages"] != pages:
        sys.exit("%d of %d pages were crawled" % (result["pages"], pages))
    return result


def main():
    bench = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    pages = int(sys.argv[3]) if len(sys.argv) > 3 else 2041
    with tempfile.TemporaryDirectory() as work:
        port = free_port()
        home = "http://127.0.0.1:%d/" % port
        make_site(work + "/site", pages, home)
        os.chmod(work, 0o755)
        with open(work + "/nginx.conf", "w") as file:
            file.write(NGINX.format(dir=work, port=port))
        user = "user root;" if os.getuid() == 0 else ""
        nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        server = subprocess.Popen(["taskset", "-c", "1", nginx, "-c", work + "/nginx.conf", "-g", user])
        try:
            await_port(port)
            theirs, ours, ratios = [], [], []
            for number in range(rounds):
                theirs.append(run_wget(home, work, pages))
                result = run_ours(bench, home, work, pages)
                ours.append(result["pages_per_s"])
                ratios.append(ours[-1] / theirs[-1])
                print("round %d: wget %.0f, ours %.0f pages/s (%.2f s of CPU, %d MB), ratio %.2f" %
                      (number + 1, theirs[-1], ours[-1], result["cpu_s"], result["max_rss_mb"], ratios[-1]), flush=True)
            print("median: wget %.0f, ours %.0f pages/s, ratio %.2f (%.2f to %.2f)" %
                  (statistics.median(theirs), statistics.median(ours), statistics.median(ratios), min(ratios), max(ratios)))
        finally:
            server.terminate()
            server.wait()


main()
