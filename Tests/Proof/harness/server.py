"""A provider of days, with rotating tokens, for the proofs: everything it is asked is counted."""

import http.server
import json
import threading
import urllib.parse


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_):
        """A client that is gone in the middle is what this is about."""


class Provider:
    """Days from FIRST on, and an OAuth server whose used refresh token lives until the new access
    token is used. Each token family that dies because a dead token came is counted as lost."""

    def __init__(self, days, label=""):
        self.days = set(days)
        self.first = min(days)
        # Tells the tokens of several providers apart.
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
        self.serve()

    def serve(self):
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
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
            path = request.path.split("?")[0].strip("/").split("/")
            if path == ["me"]:
                return 200, {"first": self.first, "id": "7"}
            if path[0] in self.streams and self.has(path[1]):
                self.reads[path[1]] = self.reads.get(path[1], 0) + 1
                return 200, self.document(path[1])
            return 404, {}

    def has(self, day):
        return day in self.days

    def document(self, day):
        return {"day": day, "items": list(range(40)), "text": "x" * 2000}

    def pair(self):
        self.issued += 1
        self.previous, self.refresh = self.refresh, f"refresh-{self.label}{self.issued}"
        access = f"access-{self.label}{self.issued}"
        self.access = {access: self.refresh}
        return 200, {"access_token": access, "refresh_token": self.refresh,
                     "expires_in": self.life, "token_type": "Bearer"}

    def token(self, form):
        with self.lock:
            if form.get("grant_type") == "authorization_code":
                return self.pair()
            if form.get("refresh_token") in (self.refresh, self.previous):
                if form["refresh_token"] == self.previous:
                    self.refresh = self.previous
                return self.pair()
            self.lost += 1
            return 400, {"error": "invalid_grant"}
