"""1 to 34: lengths, chunks, encodings, ends of connections, times, heads."""

from cases import Case
from misdeeds import (HEAD, announced, bomb, chunks, drip, encoded, endless, half, huge, raw, reply,
                      reset_somewhere, said_gzip, silence, spoilt_sum, stall, zipped)
from reactions import retried, stored

CUT = "connection ended in the middle"
INCOMPLETE = "no whole document"
MALFORMED = "malformed answer"
LARGE = "answer too large"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
PHANTOM = b'HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{"phantom": 1}'


def head(lines):
    return HEAD + lines + b"\r\n"


def length(body):
    return b"Content-Length: %d\r\n" % len(body)


CASES = [
    Case(1, "a length 100 longer than what comes", raw(announced(100), bytes), retried(CUT)),
    Case(2, "chunks that end before the last one", raw(CHUNKED, chunks), retried(CUT)),
    Case(3, "a chunk size that is no number",
         raw(CHUNKED, b"zz\r\n", bytes, b"\r\n0\r\n\r\n"), retried(CUT)),
    Case(4, "a chunk size that overflows",
         raw(CHUNKED, b"f" * 40 + b"\r\n", bytes, b"\r\n0\r\n\r\n"), retried(CUT)),
    Case(5, "a length shorter than the document", reply(length=-100), retried(INCOMPLETE)),
    Case(6, "no length, and an early end", raw(HEAD + b"\r\n", half), retried(INCOMPLETE)),
    Case(7, "gzip that is cut, its length fits",
         said_gzip(lambda body: zipped(body)[:-60]), retried(INCOMPLETE)),
    Case(8, "gzip with a wrong checksum", said_gzip(spoilt_sum), retried(MALFORMED)),
    Case(9, "says gzip, and is none", said_gzip(bytes), retried(MALFORMED)),
    Case(10, "an encoding tenfold", encoded(10), retried(MALFORMED)),
    Case(11, "an encoding that nobody knows",
         reply(200, bytes, "Content-Encoding: snake"), retried(MALFORMED)),
    Case(12, "gzip of 200 kB that becomes 200 MB", bomb(), retried(LARGE), timeout="30s"),
    Case(13, "a length of 10 GB", huge, retried(LARGE)),
    Case(14, "no end and no length", endless, retried(f"{LARGE}|timed out")),
    Case(15, "RST before the first byte", raw(end="reset"), retried(CUT, sends=2)),
    Case(16, "RST in the headers", raw(HEAD, end="reset"), retried(CUT, sends=2)),
    Case(17, "RST in the body", raw(announced(0), half, end="reset"), retried(CUT)),
    Case(18, "an end without a byte", raw(), retried(CUT, sends=2)),
    Case(19, "RST at another byte each time", reset_somewhere, retried(CUT, sends=2)),
    Case(20, "no answer, for more than 30 s", silence, retried("timed out", 1), timeout="60s"),
    Case(21, "a byte each 200 ms", drip, retried("timed out", 1), timeout="60s"),
    Case(22, "nothing more after half", stall, retried("timed out", 1), timeout="60s"),
    Case(20, "no answer within the account's time", silence, retried("timed out"), timeout="1s"),
    Case(23, "HTTP/0.9", raw(bytes), retried(MALFORMED)),
    Case(24, "a status line of garbage",
         raw(b"%!$ 200 OK\r\n\r\n", bytes), retried(MALFORMED)),
    Case(24, "a status line without a status",
         raw(b"HTTP/one nothing\r\n\r\n", bytes), retried(MALFORMED)),
    Case(25, "status 999", reply(999), retried("status 999")),
    Case(26, "2,000 times 100, then the document",
         raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 2000, announced(0), bytes, end="keep"), stored()),
    Case(27, "two lengths that differ",
         raw(HEAD, b"Content-Length: 100\r\n", announced(0), bytes), retried(MALFORMED)),
    Case(28, "a length, and chunks: the chunks are right",
         raw(head(b"Content-Length: 9\r\nTransfer-Encoding: chunked\r\n"), chunks, b"0\r\n\r\n"),
         stored()),
    Case(29, "a negative length", raw(head(b"Content-Length: -5\r\n"), bytes), retried(MALFORMED)),
    Case(30, "a length that overflows",
         raw(head(b"Content-Length: " + b"9" * 40 + b"\r\n"), bytes), retried(LARGE)),
    Case(31, "NUL in a header",
         raw(HEAD, b"X-A: b\0c\r\n", announced(0), bytes), retried(MALFORMED)),
    Case(32, "a header of 1 MB",
         raw(HEAD, b"X-A: " + b"b" * 1_000_000 + b"\r\n\r\n", bytes), retried(LARGE)),
    Case(33, "20,000 headers",
         raw(HEAD, b"".join(b"X-%d: b\r\n" % n for n in range(20_000)) + b"\r\n", bytes),
         retried(LARGE)),
    Case(34, "a second answer behind the first",
         raw(announced(0), bytes, PHANTOM, end="keep"), stored(most=2)),
]
