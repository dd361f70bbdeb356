"""Reads what the WARC writer wrote with Python's gzip and an HTTP parser that know nothing of it.

usage: warc_readable_test.py ARCHIVE_TEST_BINARY
"""
import glob
import gzip
import http.client
import io
import os
import subprocess
import sys
import tempfile


def read_records(path):
    """Yields (fields, block) of every record of a .warc.gz file."""
    with gzip.open(path, "rb") as stream:
        while True:
            version = stream.readline()
            if not version:
                return
            assert version == b"WARC/1.1\r\n", version
            fields = http.client.parse_headers(stream)
            block = stream.read(int(fields["Content-Length"]))
            assert stream.read(4) == b"\r\n\r\n"
            yield fields, block


def main():
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run(
            [sys.argv[1], "--gtest_filter=WarcWriterTest.WritesFilesForOtherPrograms"],
            env={**os.environ, "TINTINH_WARC_DIRECTORY": directory}, check=True, stdout=subprocess.DEVNULL)
        records = [record for path in glob.glob(directory + "/*.warc.gz") for record in read_records(path)]
    kinds = [fields["WARC-Type"] for fields, _ in records]
    assert kinds == ["warcinfo"] + ["request", "response"] * 20, kinds
    for fields, block in records[2::2]:
        stream = io.BytesIO(block)
        assert stream.readline() == b"HTTP/1.1 200 OK\r\n"
        headers = http.client.parse_headers(stream)
        body = stream.read()
        assert len(body) == int(headers["Content-Length"])
        assert "Phìn Ngan" in body.decode("utf-8")
    print("read", len(records), "records")


main()
