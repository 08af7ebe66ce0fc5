"""A provider of days, with rotating tokens, for the proofs: everything it is asked is counted."""

import http.server
import json
import threading
import time
import urllib.parse


# What was asked has been answered.
SAID = object()


def days(count):
    """The last COUNT days, today included."""
    today = int(time.time()) // 86400
    return [time.strftime("%Y-%m-%d", time.gmtime(86400 * (today - i))) for i in range(count)]


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_):
        """A client that is gone in the middle is what this is about."""


def handler(outer):
    """What answers each request to a provider."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.answer(None)

        def do_POST(self):
            length = int(self.headers.get("Content-Length") or 0)
            self.answer(dict(urllib.parse.parse_qsl(self.rfile.read(length).decode())))

        def answer(self, form):
            outer.heard.append((time.monotonic(), self.path, self.headers, form))
            if form is None:
                with outer.gate:
                    time.sleep(outer.pause)
            other = outer.instead(self, form) if outer.instead else None
            if other is not SAID:
                self.reply(*(other or (outer.get(self) if form is None else outer.token(form))))

        def reply(self, status, value, headers=()):
            body = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            if "Content-Type" not in dict(headers):
                self.send_header("Content-Type", "application/json")
            for name, text in headers:
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def date_time_string(self, timestamp=None):
            return super().date_time_string(timestamp or time.time() - outer.behind)

        def log_message(self, *_):
            pass

    return Handler


class Provider:
    """Days from FIRST on, and an OAuth server whose used refresh token lives until the new access
    token is used. Each token family that dies because a dead token came is counted as lost."""

    def __init__(self, days, tls=None, label=""):
        """`tls`: an ssl.SSLContext; without it plain http. `label` tells the tokens of several
        providers apart."""
        self.days = set(days)
        self.first = min(days)
        self.label = label
        self.streams = {"day"}
        self.lock = threading.Lock()
        self.reads = {}
        self.issued = 0
        self.refresh = None
        self.previous = None
        self.access = {}
        self.lost = 0
        self.life = 3600
        # What tokens look like, with their number.
        self.access_name, self.refresh_name = f"access-{label}%d", f"refresh-{label}%d"
        # Asked first: (request, form or None) -> (status, value, headers), or SAID; None: as usual.
        self.instead = None
        # Everything that came: (moment, path, headers, form or None).
        self.heard = []
        # Of each token; the newest that was used, and who is told of it and of new ones, before the
        # answer.
        self.numbers, self.proven = {}, 0
        self.tell = lambda text: None
        # Each change of it changes what every day holds.
        self.revision = 0
        # Seconds that its clock is behind. The time of a read is what it says, in whole seconds.
        self.behind = 0
        # How long an answer takes.
        self.pause = 0
        self.at_once(100)
        self.tls = tls
        self.serve()

    def serve(self):
        self.server = Quiet(("127.0.0.1", 0), handler(self))
        if self.tls:
            self.server.socket = self.tls.wrap_socket(self.server.socket, server_side=True)
        # Closing waits for one such interval, half a second unless it is told.
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.port = self.server.server_address[1]
        self.origin = f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def at_once(self, count):
        """No more calls are answered at the same time."""
        self.gate = threading.Semaphore(count)

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def get(self, request):
        with self.lock:
            bearer = (request.headers.get("Authorization") or "")[len("Bearer "):]
            if bearer:
                if bearer not in self.access:
                    return 401, {}
                if self.access[bearer] == self.refresh:
                    self.worked()
                self.prove(bearer)
            path = request.path.split("?")[0].strip("/").split("/")
            if path == ["me"]:
                return 200, {"first": self.first, "id": "7"}
            if path[0] in self.streams and self.has(path[1]):
                self.reads[path[1]] = self.reads.get(path[1], 0) + 1
                return 200, self.document(path[1])
            return 404, {}

    def worked(self):
        """The newest access token is used."""
        self.previous = None

    def has(self, day):
        return day in self.days

    def document(self, day):
        """The first item is the revision; days differ in length, from 0.7 to 22 kB."""
        return {"day": day, "items": list(range(self.revision, self.revision + 40)),
                "text": "x" * 700 * int(day[-2:])}

    def prove(self, token):
        number = self.numbers.get(token, 0)
        if number > self.proven:
            self.proven = number
            self.tell(f"used {number}")

    def restore(self, issued, proven):
        """Back to an earlier moment."""
        with self.lock:
            self.issued, self.proven, self.lost = issued, proven, 0
            self.refresh = self.refresh_name % issued
            self.previous = None if proven >= issued else self.refresh_name % (issued - 1)
            self.access = {self.access_name % issued: self.refresh}

    def pair(self):
        self.issued += 1
        self.tell(f"issued {self.issued}")
        self.previous, self.refresh = self.refresh, self.refresh_name % self.issued
        access = self.access_name % self.issued
        self.numbers[access] = self.numbers[self.refresh] = self.issued
        self.access = {access: self.refresh}
        return 200, {"access_token": access, "refresh_token": self.refresh,
                     "expires_in": self.life, "token_type": "Bearer"}

    def token(self, form):
        with self.lock:
            if form.get("grant_type") == "authorization_code":
                return self.pair()
            if form.get("refresh_token") in (self.refresh, self.previous):
                self.prove(form["refresh_token"])
                if form["refresh_token"] == self.previous:
                    self.refresh = self.previous
                return self.pair()
            self.lost += 1
            return 400, {"error": "invalid_grant"}
