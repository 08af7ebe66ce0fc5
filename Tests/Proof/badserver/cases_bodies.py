"""35 to 50: bodies that come whole and are not what was asked for."""

import json

from cases import Case
from misdeeds import changed, reply
from reactions import held, retried, stored

INCOMPLETE = "no whole document"


def edit(old, new):
    """The document with bytes of it replaced."""
    return lambda body: body.replace(old, new, 1)


TEXT = b"xxxxxxxx"
PAGE = b"<!DOCTYPE html><html><body>Welcome to the hotel</body></html>"
TWICE = edit(b"[0,", b'[{"a": 1, "a": 2},')
NUMBERS = edit(b"[0,", b"[1e400, " + b"7" * 400 + b",")
SURROGATE = edit(b"[0,", rb'["\ud800",')
DEEP = edit(b'"text"', b'"deep": ' + b"[" * 100_000 + b"]" * 100_000 + b', "text"')
ERRORS = b'{"errors": [{"message": "no"}]}'

CASES = [
    Case(35, "200 and a page of HTML: the account waits 5 min",
         reply(200, PAGE, kind="text/html"), held(300), holds=True, again=False),
    Case(36, "another content type, and a whole document", reply(kind="text/plain"), stored()),
    Case(37, "no content type, and a whole document", reply(kind=None), stored()),
    Case(38, "latin-1, and says so",
         reply(200, edit(TEXT, b"caf\xe9"), kind="application/json; charset=iso-8859-1"),
         retried(INCOMPLETE)),
    Case(38, "says latin-1, and is ASCII",
         reply(200, kind="application/json; charset=iso-8859-1"), stored()),
    Case(39, "200 and nothing", reply(200, b""), retried(INCOMPLETE)),
    Case(40, "204: nothing says that it is empty", reply(204, b""), retried("status 204")),
    Case(41, "null", reply(200, b"null"), retried("does not say which day")),
    Case(42, "UTF-8 that is none", reply(200, edit(TEXT, b"\xc3\x28")), retried(INCOMPLETE)),
    Case(43, "half of a surrogate pair, escaped", reply(200, SURROGATE), stored(SURROGATE)),
    Case(44, "a byte order mark",
         reply(200, lambda body: b"\xef\xbb\xbf" + body), retried(INCOMPLETE)),
    Case(45, "a key twice", reply(200, TWICE), stored(TWICE)),
    Case(46, "1e400, and 400 digits", reply(200, NUMBERS), stored(NUMBERS)),
    Case(47, "a depth of 100,000", reply(200, DEEP), retried(INCOMPLETE)),
    Case(48, "a comma behind the last item",
         reply(200, edit(b", 39]", b", 39,]")), retried(INCOMPLETE)),
    Case(48, "garbage behind the document",
         reply(200, lambda body: body + b"garbage"), retried(INCOMPLETE)),
    Case(49, "errors, and 200", reply(200, ERRORS), retried("does not say which day")),
    Case(50, "another day than asked", reply(200, changed(day="2001-02-03")),
         retried("about another day")),
    Case(50, "several days, one of them asked",
         reply(200, lambda body: json.dumps([json.loads(body)] * 2).encode()),
         retried("does not say which day")),
]
