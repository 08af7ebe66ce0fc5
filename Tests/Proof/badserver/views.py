"""What is seen of one case while its server is bad."""

import re
import time

from lodging import path


class View:
    def __init__(self, home, host, samples, status, reasons):
        self.home, self.host, self.case, self.samples = home, host, host.case, samples
        self.status = status
        self.state = status.get("state")
        self.days = home.days(host.name).get("steps", {})
        self.rows = {day: row for (name, stream, day), row in reasons.items()
                     if (name, stream) == (host.name, "steps")}
        self.files = home.files(host.name)
        self.taken = time.monotonic()
        # Connections that came and went, or questions of a name server.
        self.tries = len(host.misdeeds)
        self.journal = "".join(home.journal(host.name))

    def file(self, day):
        return self.files.get(path("steps", day))

    def reason(self, day):
        return self.rows.get(day, ("",))[0] or ""

    def calls_after(self, when):
        return [at for at, *_ in self.host.calls if at > when]

    def temporaries(self):
        """None but those of calls under way, of which the slow ones have some."""
        return [] if self.state == "working" else [n for n in self.files if ".tmp-" in n]

    def false_documents(self):
        """Files under the name of a day that are not what a server has said of it, whole."""
        genuine = getattr(self.case.reaction, "genuine", lambda whole, body: False)
        out = []
        for name, body in self.files.items():
            if found := re.search(r"/(\d{4}-\d\d-\d\d)[^/]*\.json$", name):
                whole = self.host.whole(found[1])
                out += [name] * (body != whole and not genuine(whole, body))
        return out

    def waited(self, least, reason=None):
        """Whether it was seen to wait for at least so many seconds more."""
        return any(state == "waiting" and until and until - at >= least
                   and (reason is None or reason in (why or ""))
                   for at, state, why, until in self.samples)


def expect(problems, holds, text):
    if not holds:
        problems.append(text)


def untouched(view, problems):
    """The day that was stored before it went bad is as it was."""
    host = view.host
    if view.case.again:
        expect(problems, host.tally.get((host.stored_day, True)), "it was not asked again")
        expect(problems, view.file(host.stored_day) == host.whole(host.stored_day),
               "the file that was stored before is another")
        expect(problems, view.days.get(host.stored_day) == "o",
               f"the day stored before is {view.days.get(host.stored_day)}")


def others(view, problems, but=()):
    """Every day that was answered well is stored."""
    host = view.host
    for day in host.order:
        if day not in (host.bad_day, *but):
            expect(problems, view.days.get(day) == "o", f"{day} is {view.days.get(day)}")


def counted(view, problems, least, sends=1):
    """A day is asked again after 5 s, 20 s, 80 s, or half of each: never more often. Where `sends`
    is more than 1, libcurl itself sends a call again."""
    host = view.host
    elapsed = time.time() - (host.first_bad or 0)
    most = 1 + sum(elapsed > since for since in (2.5, 12.5, 52.5, 212.5))
    asked = len(host.asked(host.bad_day))
    expect(problems, least <= asked <= most * sends,
           f"asked {asked} times, not {least} to {most * sends}")


def nothing(view, problems):
    expect(problems, not view.files, f"files: {sorted(view.files)}")
