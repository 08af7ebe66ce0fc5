"""51 to 67: redirects, and statuses that are no 200."""

from cases import Case, every_day, profile, tokens_too
from misdeeds import redirect, reply, stale, turns
from reactions import account, each_ended, ended, refreshed, retried

MOVED = "redirected \\(status {}\\); redirects are not followed"


def moved(status):
    return retried(MOVED.format(status))


CASES = [
    Case(51, "a redirect to itself", redirect(302, "http://127.0.0.1:{port}{path}"), moved(302)),
    Case(52, "a redirect to another host", redirect(302, "http://127.0.0.1:{trap}/day"),
         moved(302)),
    Case(52, "a permanent one", redirect(308, "http://localhost:{trap}/day"), moved(308)),
    Case(53, "a redirect to a file and to ftp",
         turns(redirect(302, "file:///etc/passwd"), redirect(302, "ftp://127.0.0.1:{trap}/day")),
         moved(302)),
    Case(54, "301 at the same host", redirect(301, "/moved"), moved(301)),
    Case(55, "308 at the same host", redirect(308, "/moved"), moved(308)),
    Case(55, "303", redirect(303, "/moved"), moved(303)),
    Case(56, "206, and nobody asked for a part", reply(206, None, "Content-Range: bytes 0-9/10"),
         retried("status 206")),
    Case(57, "304, and nobody asked with an ETag", reply(304, b""),
         retried("not modified \\(status 304\\), and nothing was asked about")),
    Case(58, "400: parked, once a day", reply(400, b'{"error": "bad"}'),
         ended("f", "status 400, which no row")),
    Case(59, "401 for a token that ended: one refresh", stale, refreshed(1, "o"), again=False),
    Case(60, "401 after refreshes, at most 3: sign-in", reply(401, b"{}"),
         account("sign-in-needed", "refuses tokens that are new", refreshes=3, calls=40),
         hits=every_day, again=False),
    Case(61, "403 for one stream: refused", reply(403, b"{}"), each_ended("r"), hits=every_day,
         provider="two", again=False),
    Case(61, "403 for one day: refused", reply(403, b"{}"), ended("r", "status 403", most=2)),
    Case(62, "403 for the profile: sign-in needed", reply(403, b"{}"),
         account("sign-in-needed", "refuses the account's profile", refreshes=0, calls=4),
         hits=profile, again=False, signs_in=False),
    Case(63, "404 for a day: parked, once a day", reply(404, b"{}"),
         ended("f", "status 404, which no row")),
    Case(63, "404 where a row says past reach", reply(404, b"{}"),
         ended("b", "can no longer give it"), provider="reach"),
    Case(64, "404 for all days of a stream: parked", reply(404, b"{}"), each_ended("f"),
         hits=every_day, provider="two", again=False),
    Case(65, "410 for a day: beyond, tokens still work", reply(410, b"{}"), refreshed(1, "b")),
    Case(65, "410 for days and tokens: sealed", reply(410, b"{}"),
         account("sealed", "token endpoint says", refreshes=1, calls=12), hits=tokens_too,
         again=False),
    Case(66, "408", reply(408, b"{}"), retried("status 408")),
    Case(66, "425", reply(425, b"{}"), retried("status 425")),
    Case(67, "409: parked, once a day", reply(409, b"{}"), ended("f", "status 409, which no row")),
    Case(67, "422: parked, once a day", reply(422, b"{}"), ended("f", "status 422, which no row")),
]
