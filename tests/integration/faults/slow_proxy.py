"""A TCP proxy on loopback that hands everything on late: a peer that is there, and slow."""
import queue
import socket
import threading
import time

PIECE = 1 << 16


class SlowProxy:
    """In front of 127.0.0.1:UPSTREAM. What arrives is handed on `delay` seconds later; the delay may be changed meanwhile."""

    def __init__(self, upstream):
        self.upstream, self.delay = upstream, 0.0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        start(self._accept)

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.upstream))
            except OSError:
                return
            for one, other in ((client, server), (server, client)):
                due = queue.Queue()
                start(self._read, one, due)
                start(self._write, other, due)

    def _read(self, source, due):
        while True:
            try:
                piece = source.recv(PIECE)
            except OSError:
                piece = b""
            due.put((time.monotonic() + self.delay, piece))
            if not piece:
                return

    def _write(self, target, due):
        while True:
            when, piece = due.get()
            time.sleep(max(0, when - time.monotonic()))
            try:
                if not piece:
                    return target.shutdown(socket.SHUT_WR)
                target.sendall(piece)
            except OSError:
                return

    def close(self):
        self.listener.close()


def start(work, *arguments):
    threading.Thread(target=work, args=arguments, daemon=True).start()
