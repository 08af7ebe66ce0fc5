"""A provider whose refresh tokens rotate, and whose token family ends when a dead one comes.

The token before the newest is taken again during a grace: for so many seconds from the first
rotation on, or until a token of the newer pair is used. Whoever uses it later is taken for a thief:
every token of the family is dead from then on, as RFC 9700 §4.14.2 wants it.
"""

import dataclasses
import io
import math
import socket
import struct
import threading
import time

import server

UNTIL_USED = math.inf
GRACES = {"none": 0, "2 s": 2, "120 s": 120, "until used": UNTIL_USED}
# How much of the answer to a refresh is sent before something happens there.
SHARES = {"half answered": 0.5, "answered": 1}


@dataclasses.dataclass
class Post:
    """A refresh as the server has read it: with which token, when, and on what connection."""
    token: str
    # It is the first call of its connection.
    alone: bool
    read: float = dataclasses.field(default_factory=time.monotonic)
    # When the answer was about to leave; the number of the pair in it, 0 where there is none.
    answered: float = 0
    issued: int = 0
    # What the installation's books said when it was read: see Home.look.
    seen: object = None


class Families(server.Provider):
    def __init__(self, days, grace):
        self.grace, self.rotated = grace, 0
        self.posts, self.wires = [], set()
        self.flying, self.most = 0, 0
        # Tokens whose successors have been used, and how often such a one came.
        self.spent, self.replayed = set(), 0
        # What is to happen at which step of a refresh, one after the other: (step, act).
        self.plan = []
        # Until then nobody gets through to it.
        self.away = 0
        # What the installation's books say, asked when a refresh was read.
        self.look = lambda: None
        super().__init__(days)
        self.instead = self.meet

    def serve(self):
        super().serve()
        self.server.verify_request = self.admit

    # The tokens.

    def expire(self):
        """Every access token has ended."""
        with self.lock:
            self.access = {}

    def worked(self):
        self.spent.add(self.previous)
        if self.grace is UNTIL_USED:
            self.previous = None

    def token(self, form):
        with self.lock:
            token = form.get("refresh_token")
            if not token:
                self.refresh = None
                return self.pair()
            self.replayed += token in self.spent
            if token == self.refresh:
                self.spent.add(self.previous)
                self.rotated = time.monotonic()
                return self.pair()
            if token == self.previous and time.monotonic() - self.rotated < self.grace:
                self.refresh = self.previous
                return self.pair()
            self.refresh, self.previous, self.access = None, None, {}
            self.lost += 1
            return 400, {"error": "invalid_grant"}

    # A refresh, step by step.

    def at(self, step, wire):
        """Lets happen what is to, if this is the step; the answer that it makes, if any."""
        with self.lock:
            act = self.plan.pop(0)[1] if self.plan and self.plan[0][0] == step else None
        return act(wire) if act else None

    def admit(self, wire, _):
        """A connection, before anything of it was read."""
        if time.monotonic() < self.away:
            return False
        if self.plan and self.plan[0][0] == "unread" and wire.recv(4, socket.MSG_PEEK) == b"POST":
            self.at("unread", wire)
            return False
        return True

    def meet(self, request, form):
        request.calls = getattr(request, "calls", 0) + 1
        self.wires.add(request.connection)
        if form and form.get("refresh_token"):
            return self.refreshed(request, form)
        bearer = (request.headers.get("Authorization") or "")[len("Bearer "):]
        if form is None and bearer in self.access:
            self.at("used", request.connection)
        return self.at("who", request.connection) if request.path == "/me" else None

    def refreshed(self, request, form):
        wire, post = request.connection, Post(form["refresh_token"], request.calls == 1)
        with self.lock:
            self.flying += 1
            self.most = max(self.most, self.flying)
        try:
            post.seen = self.look()
            self.posts.append(post)
            self.at("read", wire)
            status, value = self.token(form)
            post.issued = self.issued if status == 200 else 0
            self.at("done", wire)
        finally:
            with self.lock:
                self.flying -= 1
        self.say(request, post, spoken(request, status, value))
        return server.SAID

    def say(self, request, post, answer):
        """Sends the answer, or a part of it, where something is to happen there that ends the
        call."""
        step = self.plan[0][0] if self.plan else None
        post.answered = time.monotonic()
        request.connection.sendall(answer[:int(len(answer) * SHARES.get(step, 1))])
        if step in SHARES:
            self.at(step, request.connection)
            raise ConnectionAbortedError

    def drop(self, but):
        """Ends every connection that is kept, but this one."""
        for wire in self.wires - {but}:
            end(wire)
        self.wires &= {but}


def spoken(request, status, value):
    """The bytes of an answer."""
    out, request.wfile = request.wfile, io.BytesIO()
    request.reply(status, value)
    answer, request.wfile = request.wfile.getvalue(), out
    return answer


def end(wire):
    try:
        wire.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


def cut(wire):
    """The connection ends, in order, without a word."""
    raise ConnectionAbortedError


def reset(wire):
    """It ends with RST."""
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wire.close()
    raise ConnectionAbortedError
