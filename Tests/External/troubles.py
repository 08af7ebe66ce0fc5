"""Addon of mitmproxy: trouble between a provider of days and whoever asks it.

A request for /ROW/day/... meets what ROW names, and goes on to the provider without /ROW. From the
environment: FOLDER, where `requests` gets a line of JSON for each request, and a file `over` ends
all trouble; OTHER, the address of a host that nobody should go to.
"""

import asyncio
import gzip
import json
import os
import time

from mitmproxy import http

FOLDER, OTHER = os.environ["FOLDER"], os.environ["OTHER"]


def note(flow, **more):
    line = {"row": flow.metadata["row"], "path": flow.request.path, "at": time.monotonic(), **more}
    with open(f"{FOLDER}/requests", "a") as file:
        file.write(json.dumps(line) + "\n")


def killed(flow):
    flow.kill()


def refusal(status, after):
    def refused(flow):
        said = after() if callable(after) else after
        flow.response = http.Response.make(status, b"{}", {"Retry-After": said})
    return refused


def redirected(flow):
    flow.response = http.Response.make(307, b"", {"Location": f"{OTHER}{flow.request.path}"})


async def late(flow):
    await asyncio.sleep(8)


def cut(flow):
    """The connection ends before the length that was announced."""
    half(flow)
    flow.response.headers["Connection"] = "close"


def half(flow):
    """Nothing comes after the half, and the connection stays."""
    flow.response.raw_content = flow.response.raw_content[:-1000]


def shorter(flow):
    """A length that agrees with the half that comes."""
    flow.response.content = flow.response.content[:-1000]


def endless(flow):
    """No length, and the connection ends after the half."""
    shorter(flow)
    del flow.response.headers["Content-Length"]
    flow.response.headers["Connection"] = "close"


def packed(flow):
    """A gzip stream that stops before its end, of the length that was announced."""
    body = gzip.compress(flow.response.content)
    flow.response.headers["Content-Encoding"] = "gzip"
    flow.response.raw_content = body[:-20]
    flow.response.headers["Content-Length"] = str(len(body) - 20)


def unpacked(flow):
    """Said to be gzip, and is not."""
    flow.response.headers["Content-Encoding"] = "gzip"


def altered(flow):
    """A day that nobody asked for."""
    flow.response.content = flow.response.content.replace(b'{"day": "2', b'{"day": "1')


def page(flow):
    """A page of some network that wants a sign-in."""
    flow.response = http.Response.make(
        200, b"<!DOCTYPE html><html><body>Welcome</body></html>", {"Content-Type": "text/html"})


def date():
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 4))


BEFORE = {"killed": killed, "redirected": redirected, "late": late,
          "limited": refusal(429, "3"), "limited-date": refusal(429, date),
          "unavailable": refusal(503, "3")}
AFTER = {"killed-answer": killed, "cut": cut, "half": half, "shorter": shorter, "endless": endless,
         "packed": packed, "unpacked": unpacked, "altered": altered, "page": page}


async def request(flow):
    flow.metadata["row"], flow.request.path = flow.request.path[1:].split("/", 1)
    flow.request.path = "/" + flow.request.path
    flow.metadata["trouble"] = (flow.request.path.startswith("/day/")
                                and not os.path.exists(f"{FOLDER}/over"))
    note(flow, trouble=flow.metadata["trouble"])
    if flow.metadata["trouble"] and flow.metadata["row"] in BEFORE:
        happening = BEFORE[flow.metadata["row"]](flow)
        if happening:
            await happening


def response(flow):
    if flow.metadata["trouble"] and flow.metadata["row"] in AFTER:
        AFTER[flow.metadata["row"]](flow)


def tls_failed_client(data):
    with open(f"{FOLDER}/handshakes", "a") as file:
        file.write(f"{data.conn.error}\n")
