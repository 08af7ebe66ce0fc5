"""One request and its answer: every byte that is sent, and how the connection ends, is ours to
choose."""

import email.utils
import select
import socket
import struct
import time


def date(ahead=0):
    """As a header has it, so many seconds from now."""
    return email.utils.formatdate(time.time() + ahead, usegmt=True)


class Gone(Exception):
    """The client, or the connection, is no longer there."""


class Request:
    """What was asked. `kind` is me, token, day or other; a day's path is /STREAM/DAY."""

    def __init__(self, method, path, headers, form=""):
        self.method, self.path, self.headers, self.form = method, path, headers, form
        parts = path.split("?")[0].strip("/").split("/")
        self.day = parts[1] if len(parts) == 2 else None
        self.stream = parts[0]
        self.kind = parts[0] if parts[0] in ("me", "token") else "day" if self.day else "other"
        self.bearer = headers.get("Authorization", "")[len("Bearer "):]


class Answer:
    """One answer on its way. `nth` counts the bad ones of this kind, or this day, from 0."""

    def __init__(self, wire, host, request, nth):
        self.wire, self.host, self.request, self.nth = wire, host, request, nth
        # The connection goes on; it went wrong, as far as anybody can tell.
        self.open, self.bad = True, True
        # Of HTTP/2: the connection with its lock, and the number of the stream.
        self.h2, self.stream = None, None

    @property
    def body(self):
        """What a good server would have sent."""
        return self.host.text(self.request)[1]

    def send(self, *pieces):
        try:
            for piece in pieces:
                self.wire.sendall(piece)
        except (OSError, ValueError):
            raise Gone from None

    def reply(self, status=200, body=None, *headers, length=0, kind="application/json"):
        """A whole answer; `length` is added to what Content-Length says."""
        body = self.body if body is None else body
        lines = [f"HTTP/1.1 {status} Word", f"Content-Length: {len(body) + length}"]
        if kind:
            lines.append(f"Content-Type: {kind}")
        if not any(line.startswith("Date:") for line in headers):
            lines.append(f"Date: {date(self.host.case.ahead)}")
        self.send("\r\n".join([*lines, *headers, "", ""]).encode("latin-1") + body)

    def close(self):
        self.open = False

    def reset(self):
        """Ends the connection with RST."""
        self.open = False
        self.wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.wire.close()

    def wait(self, seconds):
        """Says nothing for so long; ends early when the client has gone, or the server is good."""
        end = time.monotonic() + seconds
        while self.host.bad and time.monotonic() < end:
            if select.select([self.wire], [], [], 0.1)[0] and not self.wire.recv(65536):
                raise Gone
