"""Text that a terminal, a journal or a program would obey, 38 to 41."""

import contextlib
import json
import os
import re
import socket
import unicodedata

import control
from door import Door
from lab import must

EVIL = ("\x1b[31mred\x1b]52;c;ZXZpbA==\x07\x9b31m\rover\n2026-01-01T00:00:00Z forged"
        "\u202eabc\u2066\x00.")
# Members of replies in which any text can be.
FREE = {"reason", "zone", "provider", "timeline", "archive", "version", "successor", "why",
        "action", "path", "text", "granted", "missing", "help", "problems"}
COMMANDS = [["status"], ["status", "me"], ["days"], ["plan"], ["verify"], ["reload"], ["version"],
            ["resync", "me"], ["login", "me"], ["doctor"]]


def spoilt(value, free=False):
    if isinstance(value, dict):
        return {key: spoilt(inner, key in FREE) for key, inner in value.items()}
    if isinstance(value, list):
        return [spoilt(inner, free) for inner in value]
    return EVIL if free and isinstance(value, str) else value


class Impostor:
    """Serves a control socket as the daemon does, with evil in every text that is free."""

    def __init__(self, home):
        self.path = f"{home.folder}/impostor.sock"
        self.replies = {name: spoilt(home.ask(name)) for name in ("Status", "Plan", "Verify")}
        with home.wire() as wire:
            days = wire.call(control.message(control.OWN + "Days", {"account": "me"}, more=True))
        account = self.replies["Status"][0]["parameters"]["accounts"][0]
        account.update(reason=EVIL, zone=EVIL, successor=EVIL, timeline=EVIL, until=None)
        self.replies["Status"][0]["parameters"]["daemon"]["reason"] = EVIL
        self.replies |= {
            "Days": [json.loads(days)],
            "Reload": [{"error": control.OWN + "InvalidSettings",
                        "parameters": {"problems": [EVIL]}}],
            "Resync": [{"error": control.OWN + "Busy", "parameters": {"reason": EVIL}}],
            "GetInfo": [{"parameters": {"vendor": EVIL, "product": EVIL, "version": EVIL,
                                        "url": EVIL, "interfaces": []}}],
            "LoginBegin": [{"parameters": {"kind": "token", "help": EVIL,
                                           "expires": "2099-01-01T00:00:00Z"}}],
            "LoginComplete": [{"parameters": {
                "granted": [EVIL], "missing": [EVIL], "days": 1, "streams": [EVIL],
                "lost": [{"scope": EVIL, "streams": [EVIL]}]}}]}
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self.path)
        listener.listen(16)
        self.door = Door(self.converse, listener)

    def converse(self, wire):
        rest = b""
        with wire, contextlib.suppress(OSError):
            while piece := wire.recv(65536):
                rest += piece
                while b"\0" in rest:
                    call, rest = rest.split(b"\0", 1)
                    for reply in self.replies[json.loads(call)["method"].rsplit(".", 1)[1]]:
                        wire.sendall(json.dumps(reply).encode() + b"\0")

    def close(self):
        self.door.close()


def obeyed(text):
    """Characters that are not shown but obeyed."""
    return {char for char in text
            if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")}


def said_by(lab, *options, environment=None):
    """(command, output) of every command at an impostor."""
    with lab.home() as home:
        home.filled()
        impostor = Impostor(home)
        with contextlib.closing(impostor):
            for words in COMMANDS:
                more = ["--config", f"{home.folder}/daybook.yaml"] if words == ["doctor"] else []
                ran = home.daybook(*words, *more, *options, "--socket", impostor.path,
                                   typed="token\n", environment=environment)
                yield words, ran


def escapes(lab):
    seen = 0
    for words, ran in said_by(lab):
        said = ran.stdout + ran.stderr
        must(not obeyed(said), f"{words}: {obeyed(said)} in {said!r}")
        must(not any(line.startswith("2026-01-01T00:00:00Z forged") for line in said.split("\n")),
             f"{words}: a forged line in {said}")
        seen += "u{1B}" in said
    must(seen >= 7, f"evil text is in {seen} outputs only")
    server_text(lab)


def server_text(lab):
    """Everything that a server can say holds evil: nothing of it gets into a line of the log."""
    with contextlib.closing(lab.house(login=True)) as home:
        path = f"{home.folder}/providers/days.yaml"
        with open(path) as file:
            text = file.read().replace("pkce: true", "pkce: true\nscopes: {wished: [a]}")
        home.write("providers/days.yaml", text.replace(
            "  id: {", "  zone: {get: /me, at: /zone}\n  id: {"))
        home.provider.instead = lambda request, form: (
            (200, {"first": home.provider.first, "id": EVIL, "zone": EVIL})
            if request.path == "/me" else
            (*home.provider.pair()[:1], {**home.provider.pair()[1], "scope": EVIL})
            if form else None)
        home.begin()
        must("error" not in home.sign_in()[-1], "no sign-in")
        home.filled()
        said = home.daybook("status", "me").stdout
        home.provider.instead = lambda request, form: (
            500, {"error": EVIL}, [("X-Evil", "\x1b[31m"), ("Content-Type", "\x9b")])
        home.resync()
        must(home.wait(60, lambda: "500" in home.log()), "nothing is said of errors")
        said += home.daybook("status", "me").stdout
        must(not obeyed(home.log() + said), f"{obeyed(home.log() + said)}")
        return home.log()


def one_line(lab):
    lines = server_text(lab).splitlines()
    strange = [line for line in lines if not re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \S", line)]
    must(lines and not strange, f"lines of their own: {strange}")
    must(not any(line.startswith("2026-01-01T00:00:00Z forged") for line in lines), "a forged line")


def json_stays(lab):
    for words, ran in said_by(lab, "--json"):
        must(ran.stdout, f"{words}: nothing")
        for line in ran.stdout.splitlines():
            json.loads(line)
        must(not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", ran.stdout), f"{words}: raw control")


def no_colours(lab):
    """Whatever the terminal, which it is not, could do."""
    environment = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "CLICOLOR_FORCE": "1",
                   "FORCE_COLOR": "1"}
    with lab.home() as home:
        home.filled()
        for words in COMMANDS[:7]:
            ran = home.daybook(*words, environment=environment)
            must(ran.stdout and "\x1b" not in ran.stdout + ran.stderr, f"{words}: {ran.stdout!r}")
        home.environment |= environment
        home.end(15)
        home.begin()
        must("\x1b" not in home.log(), "the daemon's lines have colours in a file")


