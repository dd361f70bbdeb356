"""Asks one Kafka broker which brokers there are and which of them are in sync: the protocol's Metadata request, version 1."""
import collections
import socket
import struct

View = collections.namedtuple("View", "brokers partitions")  # node ids; (leader, in-sync node ids) of each partition
METADATA, VERSION = 3, 1


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self, form):
        value, = struct.unpack_from(">" + form, self.data, self.at)
        self.at += struct.calcsize(">" + form)
        return value

    def text(self):
        length = self.number("h")
        self.at += max(length, 0)

    def array(self, item):
        return [item() for _ in range(self.number("i"))]

    def broker(self):
        node = self.number("i")
        self.text()
        self.number("i")
        self.text()
        return node

    def partition(self):
        self.number("h"), self.number("i")
        leader = self.number("i")
        self.array(lambda: self.number("i"))
        return leader, self.array(lambda: self.number("i"))

    def topic(self):
        self.number("h")
        self.text()
        self.number("b")
        return self.array(self.partition)


def receive(connection, size):
    data = b""
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            raise EOFError("the broker hung up")
        data += more
    return data


def ask(host, port, topics, timeout=2):
    """OSError or EOFError where it does not answer."""
    named = b"".join(struct.pack(">h", len(topic)) + topic.encode() for topic in topics)
    request = struct.pack(">hhih", METADATA, VERSION, 1, -1) + struct.pack(">i", len(topics)) + named
    with socket.create_connection((host, port), timeout) as connection:
        connection.sendall(struct.pack(">i", len(request)) + request)
        size, = struct.unpack(">i", receive(connection, 4))
        reader = Reader(receive(connection, size))
    reader.number("i")
    brokers = reader.array(reader.broker)
    reader.number("i")
    topics = reader.array(reader.topic)
    return View(brokers, [partition for topic in topics for partition in topic])
