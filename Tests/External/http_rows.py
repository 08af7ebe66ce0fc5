"""What httpbin and mitmproxy do to a daemon that reads days through them, and what must come of it.

name     of the row, its account and its provider file
counted  the state in which there must be days: all of them where it is `open`; else no other state
         beside it but `missing`, and not one file. `none`: no day is known yet
told     what the log must say of it, as a regular expression
path     what the account asks for; what mitmproxy does is in troubles.py, under the row's name
query    beside the day
account  the account's state, where the row decides it
back     what brings the days when the trouble is over: `itself`, a `resync` by the operator once
         the provider file is mended, a `login`, new `settings`, a `restart`
days     how many there are
"""

from typing import NamedTuple

# More than may be in flight at once three times: the third failure is told.
DAYS = 24


class Row(NamedTuple):
    name: str
    counted: str
    told: str = ""
    path: str = ""
    query: str = ""
    account: str = ""
    back: str = "resync"
    days: int = DAYS


def status(number, counted="failing", told=None, **more):
    told = f"steps: status {number}; calls wait" if told is None else told
    return Row(f"status-{number}", counted, told, f"/status/{number}", **more)


PARKED = "which no row of the provider file explains: the day is parked"
BROKEN = "the body is no whole document"
UNFOLLOWED = "redirects are not followed"
# A JSON document without its end.
CUT = "/base64/eyJkYXkiOiAiMjAyNi0xMS0="

HTTPBIN = [
    Row("bearer", "open", path="/anything", back=""),
    Row("delay", "open", path="/delay/1", back=""),
    Row("gzip", "open", path="/gzip", back=""),
    Row("deflate", "open", path="/deflate", back=""),
    Row("brotli", "open", path="/brotli", back=""),
    Row("headers", "open", path="/response-headers", back=""),
    # Whose later reads it answers with 304.
    Row("etag", "open", path="/etag/x", back=""),
    Row("drip", "failing", BROKEN, "/drip", "duration: 1, numbytes: 8, delay: 0"),
    Row("drip-500", "failing", "status 500", "/drip", "duration: 1, delay: 0, code: 500"),
    Row("redirect-302", "failing", UNFOLLOWED, "/redirect-to", "url: OTHER, status_code: 302"),
    Row("redirect-308", "failing", UNFOLLOWED, "/redirect-to", "url: OTHER, status_code: 308"),
    Row("redirect-same", "failing", UNFOLLOWED, "/absolute-redirect/1"),
    Row("html", "failing", "a page of HTML instead of data", "/html", account="waiting"),
    Row("bytes", "failing", BROKEN, "/bytes/100"),
    Row("bytes-chunked", "failing", BROKEN, "/stream-bytes/1000"),
    Row("documents", "failing", BROKEN, "/stream/3"),
    Row("image", "failing", BROKEN, "/image/png"),
    Row("xml", "failing", BROKEN, "/xml"),
    Row("json-cut", "failing", BROKEN, CUT),
    Row("empty", "failing", BROKEN, "/status/200"),
    Row("basic-auth", "missing", "run: daybook login", "/basic-auth/u/p", "", "sign-in-needed",
        "login"),
    status(204),
    status(206),
    # Nobody asked whether it has changed; a redirect it is not.
    status(304, told="steps: (?!redirected)[^;]*304"),
    status(400, told=PARKED),
    status(401, "missing", "run: daybook login", account="sign-in-needed", back="login"),
    status(403, "refused", "the provider refuses it: status 403"),
    status(404, told=PARKED),
    status(408),
    status(409, told=PARKED),
    status(410, "beyond", ""),
    status(418, told=PARKED),
    status(425),
    # One day: it waits for a minute after the first refusal, and longer after more.
    status(429, "missing", "refused a call", account="waiting", days=1),
    status(500),
    status(502),
    status(503),
    status(504),
]

LOST = "connection ended in the middle"

MITMPROXY = [
    Row("untouched", "open", back=""),
    Row("killed", "failing", LOST, back="itself"),
    Row("killed-answer", "failing", LOST, back="itself"),
    Row("late", "failing", "timed out", back="itself"),
    Row("half", "failing", "timed out", back="itself"),
    Row("cut", "failing", LOST, back="itself"),
    Row("shorter", "failing", BROKEN, back="itself"),
    Row("endless", "failing", BROKEN, back="itself"),
    Row("packed", "failing", BROKEN, back="itself"),
    Row("unpacked", "failing", "malformed answer", back="itself"),
    Row("altered", "failing", "the answer is about another day", back="itself"),
    Row("redirected", "failing", UNFOLLOWED, back="itself"),
    Row("page", "failing", "a page of HTML", account="waiting", back="restart"),
    Row("limited", "missing", "refused a call", account="waiting", back="itself", days=1),
    Row("limited-date", "missing", "refused a call", account="waiting", back="itself", days=1),
    Row("unavailable", "failing", "asks to wait", back="itself", days=1),
    Row("wrong-ca", "none", "issuer is not known to this machine", account="waiting",
        back="settings"),
]
