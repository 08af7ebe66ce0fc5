"""A provider on a raw socket, which behaves well until its case says otherwise."""

import json
import socket
import time
import urllib.parse

import multiplex
import server
from door import Door
from wire import Answer, Gone, Request


class Host(server.Provider):
    """The origin of one case. `misdeed(answer)` is called for what `case.hits` says it is about."""

    def __init__(self, case, days, certificates=None, trap=None):
        self.case, self.certificates, self.trap = case, certificates, trap
        self.name = case.name
        # Newest first: one day never comes well, another is asked again once it is stored.
        self.order = days
        self.bad_day, self.stored_day = days[case.bad_at], days[case.again_at]
        self.bad, self.turned = True, False
        # The moment at which its account was signed in.
        self.signed_in = None
        # (moment, kind, day, bearer) of each request; moments at which bad answers had ended.
        self.calls, self.misdeeds = [], []
        self.first_bad, self.stale = None, None
        # Without a sign-in connections are bad from the first on.
        self.spoilt = case.provider == "open"
        self.strangers = 0
        self.tally = {}
        super().__init__(days, label=f"{case.name}-")
        self.streams = {"day", "pulse"}

    # The well-behaved part.

    def document(self, day):
        return {"day": day, "items": list(range(40)), "of": self.name, "text": "x" * 2000}

    def has(self, day):
        """Tomorrow too, should it come while this runs."""
        return True

    def text(self, request):
        """Status and body of a good answer."""
        if request.kind == "token":
            status, value = self.token(dict(urllib.parse.parse_qsl(request.form)))
        else:
            status, value = self.get(request)
        return status, json.dumps(value).encode()

    def whole(self, day):
        """The bytes that may stand under a day's name."""
        return json.dumps(self.document(day)).encode()

    # The socket.

    def serve(self):
        self.door = Door(self.converse)
        self.port = self.door.port
        place = self.case.domain or "127.0.0.1"
        self.origin = f"{'https' if self.case.tls else 'http'}://{place}:{self.port}"

    def close(self):
        self.bad = False
        self.door.close()

    def converse(self, wire):
        wire.settimeout(90)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        spoken = None
        try:
            spoken = self.shake(wire)
            if spoken and self.case.tls and spoken.selected_alpn_protocol() == "h2":
                multiplex.Conversation(spoken, self).run()
            elif spoken:
                self.talk(spoken)
        except (OSError, ValueError, Gone):
            pass
        finally:
            (spoken or wire).close()

    def shake(self, wire):
        """What is spoken over; none when the connection is over before anything was said."""
        if self.case.connection and self.bad and self.spoilt:
            self.misdeeds.append(time.monotonic())
            return self.case.connection(wire, self)
        if not self.case.tls:
            return wire
        context = self.certificates.good(self.case.domain, self.case.h2)
        return context.wrap_socket(wire, server_side=True)

    def spoils(self, request):
        """Whether connections go bad now: with the first day that is asked for once the account is
        signed in. That request is not answered any more."""
        changes = self.case.connection or self.case.streams == 0
        if not (changes and self.bad and request.kind == "day"):
            return False
        end = time.monotonic() + 5
        while not self.signed_in and time.monotonic() < end:
            time.sleep(0.01)
        self.spoilt = True
        return True

    def talk(self, wire):
        """HTTP/1.1: one request after the other."""
        rest = b""
        while True:
            while b"\r\n\r\n" not in rest:
                piece = wire.recv(65536)
                if not piece:
                    return
                rest += piece
            head, rest = rest.split(b"\r\n\r\n", 1)
            lines = head.decode("latin-1").split("\r\n")
            method, path, _ = lines[0].split(" ")
            headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
            length = int(headers.get("Content-Length", 0))
            while len(rest) < length:
                rest += wire.recv(65536)
            form, rest = rest[:length].decode(), rest[length:]
            request = Request(method, path, headers, form)
            if self.spoils(request):
                return
            answer = self.respond(wire, request)
            if not answer.open:
                return

    def respond(self, wire, request, h2=None, stream=None):
        """Answers one request, well or badly; the answer, for what became of the connection."""
        bad = bool(self.bad and self.case.misdeed and self.case.hits(self, request))
        key = request.day or request.kind
        with self.lock:
            self.calls.append((time.monotonic(), request.kind, request.day, request.bearer))
            if request.bearer and not request.bearer.startswith(f"access-{self.label}"):
                self.strangers += 1
            nth = self.tally.get((key, bad), 0)
            self.tally[key, bad] = nth + 1
            self.tally[request.kind] = self.tally.get(request.kind, 0) + 1
            if bad and not self.first_bad:
                self.first_bad = time.time()
        answer = Answer(wire, self, request, nth)
        answer.h2, answer.stream = h2, stream
        if bad:
            try:
                self.case.misdeed(answer)
            finally:
                self.misdeeds += [time.monotonic()] * answer.bad
        elif h2:
            h2.reply(stream, *self.text(request))
        else:
            status, body = self.text(request)
            answer.reply(status, body, *self.case.extra)
        return answer

    def ready(self):
        """Another day may be asked again: where a pause is to be seen, once the client must have
        begun it."""
        if self.case.hits.__name__ != "the_day":
            return True
        return bool(self.misdeeds) and time.monotonic() > self.misdeeds[0] + 1

    def asked(self, day):
        """When a day was asked for."""
        return [moment for moment, kind, of, _ in self.calls if kind == "day" and of == day]
