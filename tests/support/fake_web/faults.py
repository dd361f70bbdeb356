"""A server whose every answer is wrong in its own way. Each function writes to the connection and then lets it close."""
import asyncio
import gzip

import articles

DRIP_SECONDS = 90


async def gone(reader, seconds):
    """True when the client has closed the connection by then."""
    try:
        return not await asyncio.wait_for(reader.read(1), seconds)
    except asyncio.TimeoutError:
        return False


async def hang(reader, writer):
    await gone(reader, DRIP_SECONDS)


async def drip(reader, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n")
    for _ in range(DRIP_SECONDS):
        writer.write(b"x")
        await writer.drain()
        if await gone(reader, 1):
            return


async def short_body(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>ng")


async def bad_chunk(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n")


async def header_bomb(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\n" + b"X-Filler: " + b"x" * (128 << 10) + b"\r\n\r\n")


async def gzip_bomb(_, writer):
    body = gzip.compress(b"\0" * (64 << 20), 9)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body))
    writer.write(body)
    await writer.drain()


async def too_large(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(12 << 4):
        writer.write(b"x" * (64 << 10))
        await writer.drain()


async def not_modified_with_a_body(_, writer):
    writer.write(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\nxin chao\n")


def redirect(target):
    async def answer(_, writer):
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: %s\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % target)
    return answer


ANSWERS = {
    "/treo.html": hang, "/nho-giot.html": drip, "/thieu.html": short_body, "/khuc-hong.html": bad_chunk,
    "/tieu-de.html": header_bomb, "/bom.html": gzip_bomb, "/qua-lon.html": too_large, "/304.html": not_modified_with_a_body,
    "/vong-1.html": redirect(b"/vong-2.html"), "/vong-2.html": redirect(b"/vong-1.html"),
    "/noi-mang.html": redirect(b"http://169.254.169.254/latest/meta-data/"), "/mang-rieng.html": redirect(b"http://10.0.0.1/"),
}


def feed(home):
    items = "".join("<item><link>%s%s</link></item>" % (home, path[1:]) for path in list(ANSWERS) + ["/tot.html"])
    return ('<rss version="2.0"><channel>%s</channel></rss>' % items).encode()


def good_page(home):
    return articles.page(990_001, 1, "2026-11-20T08:00:00+07:00", home + "tot.html").encode()
