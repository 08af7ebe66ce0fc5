"""The site as gunicorn serves it, with every call written down around it.

From the environment: FOLDER, in which `calls` gets a line of JSON for each moment of a call. While
there is a file `hold-before` in it, a token call waits before the site hears of it; with
`hold-after`, its answer waits, and the site has already done what was asked.

Tokens are written down as digests. Moments are of CLOCK_MONOTONIC, which the daemon's side has too.
"""

import hashlib
import io
import itertools
import json
import os
import time
import urllib.parse

from django.core.wsgi import get_wsgi_application

FOLDER = os.environ["FOLDER"]
LIMIT = 60


def digest(token):
    return hashlib.sha256(token.encode()).hexdigest()[:16] if token else None


class Recorder:
    def __init__(self, site):
        self.site = site
        self.numbers = itertools.count(1)
        self.log = os.open(f"{FOLDER}/calls", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(self, number, moment, **more):
        line = {"call": number, "moment": moment, "at": time.monotonic(), **more}
        os.write(self.log, json.dumps(line).encode() + b"\n")

    def hold(self, name):
        end = time.monotonic() + LIMIT
        while os.path.exists(f"{FOLDER}/{name}") and time.monotonic() < end:
            time.sleep(0.002)

    def __call__(self, environ, start):
        number = next(self.numbers)
        if environ["PATH_INFO"] == "/o/token/":
            return self.token(environ, start, number)
        bearer = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
        self.note(number, "begin", path=environ["PATH_INFO"], access=digest(bearer))

        def started(status, headers, *rest):
            self.note(number, "end", status=int(status[:3]))
            return start(status, headers, *rest)
        return self.site(environ, started)

    def token(self, environ, start, number):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        form = dict(urllib.parse.parse_qsl(body.decode()))
        self.note(number, "begin", path="/o/token/", grant=form.get("grant_type"),
                  refresh=digest(form.get("refresh_token")), proof=bool(form.get("code_verifier")))
        self.hold("hold-before")
        said = []
        answer = b"".join(self.site(environ, lambda *words: said.append(words)))
        status = int(said[-1][0][:3])
        pair = json.loads(answer) if status == 200 else {}
        self.note(number, "done", status=status, access=digest(pair.get("access_token")),
                  successor=digest(pair.get("refresh_token")))
        self.hold("hold-after")
        start(*said[-1])
        # The last moment before the answer leaves; what is measured from here on is no less than
        # what the daemon takes.
        self.note(number, "end", status=status)
        return [answer]


application = Recorder(get_wsgi_application())
