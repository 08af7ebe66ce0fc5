"""Cuts the connection at one byte after another of a reply of 20 kB: with a length, in chunks, as
gzip, and over HTTP/2, ended in turn by FIN and by RST.

Each framing has two accounts, at servers of their own. Every second day of them is cut the first
time it is asked for, each at another byte, and comes whole the next time; those between come whole
at once, so that no account has three failures in a row, which would make it wait. The days are old:
one that were stored incomplete would be final, and never be asked for again.
"""

import itertools
import multiprocessing
import os
import random
import shutil
import signal
import sys
import time

import hpack

import holdings
from cases import Case
from certificates import Certificates
from host import Host
from lodging import Lodging, path, stored
from misdeeds import HEAD, announced, chunks, zipped

ACCOUNTS = 2
# Cuts of a framing in one archive, so that it stays small; archives at once, each with a daemon and
# a process that serves it: while one waits for its last days, another has work.
ROUND = 625
AT_ONCE = 4
# The newest day that is cut: one read of a day more than 30 days ago is enough.
AGE = 40
# Seconds without a day stored, after which nothing more is waited for.
STILL = 60
# Seconds without one after which those that wait are asked for.
HURRY = 6
TEXT = "%x" % random.Random(7).getrandbits(4 * 40_000)
ZIP = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"


def length(body):
    return announced(0)(body) + body


def chunked(body):
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks(body, 1_000) + b"0\r\n\r\n"


def packed(body):
    return headed(zipped(body))


def headed(body):
    return ZIP % len(body) + body


def cut_plain(make):
    return lambda answer, at: make(answer.body)[:at]


def cut_gzip(answer, at):
    """The length fits what comes of it: nothing but the document tells that it is cut. Packed, the
    documents differ by a byte or two, and none is to come whole."""
    body = zipped(answer.body)
    whole = headed(body)
    head, at = len(whole) - len(body), min(at, len(whole) - 1)
    return whole[:at] if at <= head else ZIP % (at - head) + body[:at - head]


def cut_frames(answer, at):
    return answer.h2.frames(answer.stream, 200, answer.body)[:at]


def frames(body):
    """How long an answer over HTTP/2 is: its headers, data in frames, and an empty one."""
    head = hpack.Encoder().encode([(":status", "200"), ("content-type", "application/json")])
    return bytes(9 + len(head) + len(body) + 9 * (len(body) // 16_384 + 2))


# The first bytes of a reply, the reply, and the characters of a document that make it 20 kB.
FRAMINGS = {
    "length": (cut_plain(length), length, 19_800),
    "chunked": (cut_plain(chunked), chunked, 19_700),
    "gzip": (cut_gzip, packed, 34_900),
    "h2": (cut_frames, frames, 19_800),
}


class Replies(Host):
    """Old days, of which every second is cut once."""

    def __init__(self, framing, number, places, certificates):
        self.cut, _, self.size = FRAMINGS[framing]
        newest = int(time.time()) // 86400 - AGE
        days = [holdings.date(newest - i) for i in range(max(4, 2 * len(places)))]
        self.places = dict(zip(days[::2], places))
        self.tried, self.ends = 0, itertools.cycle(("close", "reset"))
        is_h2 = framing == "h2"
        super().__init__(Case(
            0, "", self.once, None, hits=self.is_cut, name=f"{framing}{number}", tls=is_h2,
            h2=is_h2, streams=1 if is_h2 else None, timeout="30s", provider="open",
        ), days, certificates)

    def is_cut(self, host, request):
        return request.day in self.places and (request.day, True) not in self.tally

    def once(self, answer):
        answer.send(self.cut(answer, self.places[answer.request.day]))
        getattr(answer, next(self.ends))()
        with self.lock:
            self.tried += 1

    def whole(self, day):
        return document(day, self.size)

    def text(self, request):
        if request.kind == "day":
            return 200, self.whole(request.day)
        return super().text(request)


def document(day, size):
    """Not a byte of it can be left out: its last one ends it."""
    return b'{"day": "%s", "items": ["%s"]}' % (day.encode(), TEXT[:size].encode())


def places(framing, wanted):
    """So many places of a reply, spread evenly from the first byte to the last."""
    _, make, size = FRAMINGS[framing]
    last = len(make(document("2026-01-01", size))) - 1
    return [i * last // max(1, wanted - 1) for i in range(wanted)]


class Round:
    """Some cuts of each framing, in one archive."""

    def __init__(self, folder, build, cuts):
        self.folder = folder
        os.makedirs(folder)
        certificates = Certificates(folder)
        self.hosts = [
            Replies(framing, number, cuts[framing][number::ACCOUNTS], certificates)
            for framing in FRAMINGS for number in range(ACCOUNTS)]
        self.home = Lodging(folder, build, None, self.hosts)
        self.home.see(certificates.file, "/etc/resolv.conf")

    def play(self):
        """(cuts, incomplete documents stored, days that did not come, crashes)"""
        try:
            self.home.start()
            missing = self.wait()
            bad = sum(self.incomplete(host) for host in self.hosts)
            status = self.home.end(signal.SIGTERM)
            return sum(host.tried for host in self.hosts), bad, missing, int(status != 0)
        finally:
            self.home.end()
            for host in self.hosts:
                host.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def wait(self):
        """Waits for every day; how many have not come when none came any more."""
        wanted = sum(len(host.order) + AGE for host in self.hosts)
        most, hurried, since = 0, 0, time.monotonic()
        while most < wanted and time.monotonic() < since + STILL and self.home.runs():
            have = sum(stored(status) for status in self.home.statuses().values())
            if have > most:
                most, since = have, time.monotonic()
            elif time.monotonic() > since + HURRY * (1 + hurried):
                hurried += 1
                self.hurry()
            time.sleep(0.1)
        return wanted - most

    def hurry(self):
        """Has the days that wait asked again: over HTTP/2 a cut ends others' streams too, and one
        that was hit three times would wait for minutes."""
        for host in self.hosts:
            for day, state in self.home.days(host.name).get("steps", {}).items():
                if state == "f":
                    self.home.resync(host.name, day)

    def incomplete(self, host):
        files = self.home.files(host.name)
        names = {path("steps", day): day for day in host.order}
        return sum(1 for name, body in files.items()
                   if name in names and body != host.whole(names[name]))


def leave_on_stop():
    """A stop from outside takes daemons and folders along, also where a shell has Ctrl-C ignored."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(1))


def play_round(folder, build, cuts):
    return Round(folder, build, cuts).play()


def play(folder, build, wanted):
    """The figures of `wanted` cuts of each framing."""
    every = {framing: places(framing, wanted) for framing in FRAMINGS}
    rounds = [(f"{folder}{at}", build, {f: cuts[at:at + ROUND] for f, cuts in every.items()})
              for at in range(0, wanted, ROUND)]
    began = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(AT_ONCE, leave_on_stop) as pool:
        tried, bad, missing, crashed = map(sum, zip(*pool.starmap(play_round, rounds, 1)))
    seconds = time.monotonic() - began
    print(f"{tried} cuts in {seconds:.0f} s, {tried / seconds:.0f} a second", flush=True)
    return [
        ("cuts within a reply of 20 kB", tried, f">= {len(FRAMINGS) * wanted}"),
        ("incomplete documents stored", bad, "= 0"),
        ("cut days that did not come afterwards", missing, "= 0"),
        ("daemons that crashed at cuts", crashed, "= 0"),
    ]
