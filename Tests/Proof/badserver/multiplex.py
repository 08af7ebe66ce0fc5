"""HTTP/2 from the side of a server, on the PyPI package h2."""

import h2.config
import h2.connection
import h2.errors
import h2.events

from wire import Request

# A frame that sets the most streams at once; their number follows.
SETTINGS = b"\0\0\x06\x04\0\0\0\0\0" + b"\0\x03"


class Conversation:
    """One connection. Its requests are answered one after the other."""

    def __init__(self, wire, host):
        self.wire, self.host = wire, host
        # Nothing is said any more, for ever.
        self.dead = False
        config = h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
        self.h2 = h2.connection.H2Connection(config)

    def run(self):
        self.h2.initiate_connection()
        self.flush()
        closed = self.host.case.streams == 0 and self.host.spoilt and self.host.bad
        if self.host.case.streams or closed:
            # Told to the client alone: what it sends all the same is for the misdeed.
            self.wire.sendall(SETTINGS + self.host.case.streams.to_bytes(4, "big"))
        while piece := self.wire.recv(65536):
            for event in [] if self.dead else self.h2.receive_data(piece):
                if isinstance(event, h2.events.RequestReceived) and not self.answer(event, closed):
                    return
            if not self.dead:
                self.flush()

    def answer(self, event, closed):
        """Answers a request; false when the connection is to end."""
        fields = dict(event.headers)
        headers = {name.title(): value for name, value in fields.items()}
        request = Request(fields[":method"], fields[":path"], headers)
        if not closed and self.host.spoils(request):
            return False
        return self.host.respond(self.wire, request, self, event.stream_id).open

    def flush(self):
        self.wire.sendall(self.h2.data_to_send())

    def begin(self, stream, status, *headers):
        self.h2.send_headers(
            stream, [(":status", str(status)), ("content-type", "application/json"), *headers])

    def body(self, stream, body, ends=True):
        """Frames as large as the client takes them; its window holds what is sent here."""
        size = self.h2.max_outbound_frame_size
        for at in range(0, len(body), size):
            self.h2.send_data(stream, body[at:at + size])
        if ends:
            self.h2.end_stream(stream)

    def frames(self, stream, status, body):
        """The bytes of an answer."""
        self.begin(stream, status)
        self.body(stream, body)
        return self.h2.data_to_send()

    def reply(self, stream, status, body):
        self.wire.sendall(self.frames(stream, status, body))


# What goes wrong. Each is a misdeed: see misdeeds.py.

def goaway(answer):
    """Half of the document, GOAWAY, and the end of the connection."""
    talk, body = answer.h2, answer.body
    talk.begin(answer.stream, 200)
    talk.body(answer.stream, body[:len(body) // 2], ends=False)
    talk.h2.close_connection(last_stream_id=answer.stream)
    talk.flush()
    answer.close()


def refused(answer):
    answer.h2.h2.reset_stream(answer.stream, h2.errors.ErrorCodes.REFUSED_STREAM)
    answer.h2.flush()


def silent(answer):
    """Nothing on this stream; the others go on."""


def dead(answer):
    """The connection stays open and says nothing any more, to PING neither, whatever comes: only a
    new one helps."""
    answer.h2.dead = bool(answer.host.signed_in)


def bomb(answer):
    answer.h2.begin(answer.stream, 200, *((f"x-{n}", "y" * 50) for n in range(20_000)))
    answer.h2.body(answer.stream, answer.body)
    answer.h2.flush()
