"""A provider of days, with rotating tokens: everything it is asked is counted."""

import http.server
import json
import threading
import time
import urllib.parse


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_):
        """A client that is gone in the middle is what this is about."""


class Provider:
    """Days from FIRST on, and an OAuth server whose used refresh token lives until the new access
    token is used. Each token family that dies because a dead token came is counted as lost."""

    def __init__(self, days):
        self.days = set(days)
        self.first = min(days)
        self.lock = threading.Lock()
        self.reads = {}
        self.issued = 0
        self.refresh = None
        self.previous = None
        self.access = {}
        self.lost = 0
        self.life = 3600
        # The newest token that was used, and who is told of it and of new ones, before the answer.
        self.proven = 0
        self.tell = lambda text: None
        # Each change of it changes what every day holds.
        self.revision = 0
        # How long an answer takes.
        self.pause = 0
        self.at_once(100)
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with outer.gate:
                    time.sleep(outer.pause)
                self.reply(*outer.get(self))

            def do_POST(self):
                length = int(self.headers.get("Content-Length") or 0)
                form = dict(urllib.parse.parse_qsl(self.rfile.read(length).decode()))
                self.reply(*outer.token(form))

            def reply(self, status, value):
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = Quiet(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.origin = "http://127.0.0.1:%d" % self.server.server_address[1]

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
                    self.previous = None
                self.prove(bearer)
            path = request.path.split("?")[0].strip("/").split("/")
            if path == ["me"]:
                return 200, {"first": self.first, "id": "7"}
            if path[0] == "day" and path[1] in self.days:
                self.reads[path[1]] = self.reads.get(path[1], 0) + 1
                return 200, self.day(path[1])
            return 404, {}

    def day(self, date):
        """The first item is the revision; days differ in length, from 0.7 to 22 kB."""
        return {"day": date, "items": list(range(self.revision, self.revision + 40)),
                "text": "x" * 700 * int(date[-2:])}

    def prove(self, token):
        number = int(token.split("-")[1])
        if number > self.proven:
            self.proven = number
            self.tell(f"used {number}")

    def restore(self, issued, proven):
        """Back to an earlier moment."""
        with self.lock:
            self.issued, self.proven, self.lost = issued, proven, 0
            self.refresh = f"refresh-{issued}"
            self.previous = None if proven >= issued else f"refresh-{issued - 1}"
            self.access = {f"access-{issued}": self.refresh}

    def pair(self):
        self.issued += 1
        self.tell(f"issued {self.issued}")
        self.previous, self.refresh = self.refresh, "refresh-%d" % self.issued
        access = "access-%d" % self.issued
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
