"""What bad servers do. Each takes an answer (see wire.py) and gives it badly; those that need to be
told how are made by a function."""

import gzip
import json
import socket
import struct
import time
import zlib

from wire import date

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def half(body):
    return body[:len(body) // 2]


def raw(*pieces, end="close"):
    """These bytes, a function of the good document where they are one, and then the end: close,
    reset, or keep, which is none."""

    def misdeed(answer):
        answer.send(*(piece(answer.body) if callable(piece) else piece for piece in pieces))
        if end != "keep":
            getattr(answer, end)()

    return misdeed


def reply(status=200, body=None, *headers, **more):
    """A well-framed answer. `body` is bytes, or a function of the good ones."""

    def misdeed(answer):
        made = body(answer.body) if callable(body) else body
        answer.reply(status, made, *headers, **more)

    return misdeed


def changed(**fields):
    """The good document with other fields."""
    return lambda body: json.dumps({**json.loads(body), **fields}).encode()


def first(*misdeeds):
    """The first answers go wrong, each in its way, and the next ones are good."""

    def misdeed(answer):
        answer.bad = answer.nth < len(misdeeds)
        if answer.bad:
            misdeeds[answer.nth](answer)
        else:
            answer.reply()

    return misdeed


def once_alone(*misdeeds):
    """The same, each a while after what was asked for beside it."""

    def misdeed(answer):
        answer.wait(0.6)
        first(*misdeeds)(answer)

    return misdeed


def stale(answer):
    """401 for as long as the token comes that came first."""
    host = answer.host
    with host.lock:
        host.stale = host.stale or answer.request.bearer
        answer.bad = answer.request.bearer == host.stale
    if answer.bad:
        answer.reply(401, b"{}")
    else:
        answer.reply()


def turns(*misdeeds):
    """One after the other, over and over."""
    return lambda answer: misdeeds[answer.nth % len(misdeeds)](answer)


# Lengths and chunks.

def announced(extra):
    return lambda body: HEAD + b"Content-Length: %d\r\n\r\n" % (len(body) + extra)


def chunks(body, size=500):
    pieces = [body[at:at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)


def zipped(body):
    return gzip.compress(body, mtime=0)


def said_gzip(make, *lines):
    """A body that is said to be gzip."""

    def misdeed(answer):
        answer.reply(200, make(answer.body), "Content-Encoding: gzip", *lines)

    return misdeed


def encoded(times):
    def misdeed(answer):
        body = answer.body
        for _ in range(times):
            body = zipped(body)
        answer.reply(200, body, f"Content-Encoding: {', '.join(['gzip'] * times)}")

    return misdeed


def spoilt_sum(body):
    packed = bytearray(zipped(body))
    packed[-8] ^= 0xFF
    return bytes(packed)


def bomb():
    """200 MB that come as 200 kB, packed once."""
    packer = zlib.compressobj(9, wbits=31)
    block = b"0," * 500_000
    packed = packer.compress(b'{"items": [')
    packed += b"".join(packer.compress(block) for _ in range(200)) + packer.flush()
    return reply(200, packed, "Content-Encoding: gzip")


def endless(answer):
    """As much of a list as is taken, without a length."""
    answer.send(HEAD + b"\r\n" + b'{"items": [')
    block = b"0," * 32_768
    answer.host.poured = 0
    while answer.host.bad:
        answer.send(block)
        answer.host.poured += len(block)
    answer.close()


def huge(answer):
    """10 GB are announced, and come as long as they are taken."""
    answer.send(HEAD + b"Content-Length: 10000000000\r\n\r\n")
    endless(answer)


# Time.

def silence(answer):
    answer.wait(90)
    answer.close()


def drip(answer):
    """A byte each 200 ms."""
    answer.send(HEAD + b"Content-Length: %d\r\n\r\n" % len(answer.body))
    for at in range(len(answer.body)):
        answer.send(answer.body[at:at + 1])
        answer.wait(0.2)
    answer.close()


def stall(answer):
    answer.send(announced(0)(answer.body) + half(answer.body))
    silence(answer)


def reset_somewhere(answer):
    """RST after a number of bytes that is another each time."""
    whole = announced(0)(answer.body) + answer.body
    answer.send(whole[:(137 * (answer.nth + 1) ** 2) % len(whole)])
    answer.reset()


def late(answer):
    """The first answer comes when it has been given up and the day asked again, and is older."""
    if answer.nth:
        return answer.reply()
    deadline = time.monotonic() + 30
    while answer.host.tally.get((answer.request.day, True), 0) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    answer.reply(200, changed(text="late")(answer.body))


# Connections: the socket, once accepted, to what is spoken over; none where it is over.

def shown(certificate):
    """A handshake with this certificate of certificates.py."""
    return lambda wire, host: getattr(host.certificates, certificate)().wrap_socket(
        wire, server_side=True)


def handshake_cut(wire, host):
    wire.recv(64)
    wire.sendall(b"\x16\x03\x03\x00\x7a\x02\x00\x00")


def handshake_reset(wire, host):
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


# Dates and places.

def retry_at(ahead, clock=0):
    """429 until a moment, by a server's clock that is so far from ours."""
    return lambda answer: answer.reply(
        429, b"{}", f"Date: {date(clock)}", f"Retry-After: {date(clock + ahead)}")


def redirect(status, where):
    """`where` may name the server's own {port}, the {trap}'s and the {path}."""

    def misdeed(answer):
        host = answer.host
        place = where.format(port=host.port, trap=host.trap.port, path=answer.request.path)
        answer.reply(status, b"", f"Location: {place}")

    return misdeed
