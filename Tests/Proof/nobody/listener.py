"""Attacks on a sign-in, 42 to 45: on the listener of `daybook login`, and on what comes back."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import urllib.parse

import control
from lab import must


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def signing_in(lab):
    """A house, and somebody who waits for the browser."""
    port = free_port()
    with contextlib.closing(lab.house(login=True)) as home:
        with open(f"{home.folder}/daybook.yaml") as file:
            settings = file.read().replace(
                "timeout: 5s", f'timeout: 5s, redirect_uri: "http://127.0.0.1:{port}/back"')
        home.write("daybook.yaml", settings)
        home.begin()
        with contextlib.closing(Person(home, port)) as person:
            yield home, person


class Person:
    def __init__(self, home, port):
        self.home, self.port = home, port
        self.command = subprocess.Popen(
            [f"{home.build}/daybook", "--socket", home.socket, "login", "me", "--no-browser"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={"PATH": os.environ["PATH"], "HOME": home.folder, **home.environment})
        url = self.command.stdout.readline().strip()
        self.state = dict(urllib.parse.parse_qsl(url.split("?")[1]))["state"]

    def waits(self):
        return self.command.poll() is None

    def ask(self, target, method="GET", host=None):
        """What the listener answers; None when nobody listens."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 30) as wire:
                wire.sendall(f"{method} {target} HTTP/1.1\r\n"
                             f"Host: {host or f'127.0.0.1:{self.port}'}\r\n\r\n".encode())
                answer = b""
                while piece := wire.recv(65536):
                    answer += piece
                return answer.decode()
        except ConnectionError:
            return None

    def ended(self):
        out, err = self.command.communicate(timeout=60)
        self.home.printed.append(out + err)
        return self.command.returncode, out + err

    def close(self):
        self.command.kill()
        self.command.communicate()


def exchanges(home):
    return [form for *_, form in home.provider.heard
            if form and form.get("grant_type") == "authorization_code"]


def strangers_at_the_listener(lab):
    """The second right state finds nobody: the listener has closed after the first."""
    with signing_in(lab) as (home, person):
        right = f"/back?code=C&state={person.state}"
        other = subprocess.run(
            [sys.executable, f"{os.path.dirname(__file__)}/visitor.py", "get", str(person.port)],
            capture_output=True, text=True, timeout=60)
        must("400 Bad Request" in other.stdout, f"another user first: {other.stdout}{other.stderr}")
        for words in (
            (f"/back?code=C&state={person.state[::-1]}",), ("/back?code=C",), ("/back",),
            (f"/back?state={person.state}",), (right + "&state=x",), (right, "POST"),
            (right, "HEAD"), (f"/other?code=C&state={person.state}",), ("/",),
            (f"//evil/back?code=C&state={person.state}",), (right, "GET", "evil.example"),
            (right, "GET", f"localhost:{person.port}"),
            (f"/back/../back?code=C&state={person.state}",),
        ):
            answer = person.ask(*words)
            must((answer or "").startswith("HTTP/1.1 400 "), f"{words}: {answer}")
            must(person.waits() and not exchanges(home), f"{words} ends the waiting")
        crowd = [socket.create_connection(("127.0.0.1", person.port), 30) for _ in range(100)]
        before = len(os.listdir(f"/proc/{person.command.pid}/fd"))
        must(before <= 40, f"{before} descriptors")
        answer = person.ask(right)
        must((answer or "").startswith("HTTP/1.1 200 "), f"the right one: {answer}")
        again = person.ask(right)
        must(again is None or again.startswith("HTTP/1.1 400 "), f"a second time: {again}")
        for wire in crowd:
            wire.close()
        must(person.ended()[0] == 0 and len(exchanges(home)) == 1, "no sign-in")
    with signing_in(lab) as (home, person):
        home.set_clocks(0, 601)
        # Somebody comes, so it looks at the clock.
        person.ask("/")
        status, said = person.ended()
        must(status == 4 and "time for this sign-in is over" in said, f"{status}: {said}")


def replayed_code(lab):
    with lab.home(login=True) as home:
        back, state = home.begin_login()
        given = {"account": "me", "url": f"{back}?code=C&state={state}"}
        threads = [threading.Thread(target=home.ask, args=("LoginComplete", given))
                   for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        home.filled()
        must(home.error("LoginComplete", given) == "LoginFailed", "a code counts again")
        must(len(exchanges(home)) == 1, f"{len(exchanges(home))} exchanges")
        answers = [replies for replies in home.heard if replies and "granted" in str(replies)]
        must(len(answers) == 1, f"{len(answers)} of 8 have signed in")


def other_issuer(lab):
    """RFC 9207: the redirect names the server that it is of."""
    with lab.home(login=True) as home:
        back, state = home.begin_login()
        url = f"{back}?code=C&state={state}&iss=" + urllib.parse.quote("https://evil.example", "")
        error = home.error("LoginComplete", {"account": "me", "url": url})
        must(error == "LoginFailed" and not exchanges(home),
             f"a code of https://evil.example is exchanged: {error or 'signed in'}")


def script_in_error(lab):
    script = "<script>alert(1)</script>\x1b[31m"
    quoted = urllib.parse.quote(script, safe="")
    with signing_in(lab) as (home, person):
        page = person.ask(f"/back?error={quoted}&error_description={quoted}&state={person.state}")
        must("Content-Type: text/plain" in page and "nosniff" in page, f"the page: {page}")
        must("script" not in page and "\x1b" not in page, f"the page: {page}")
        status, said = person.ended()
        must(status == 4 and "script" not in said and "\x1b" not in said, f"{status}: {said}")
        must("script" not in home.log(), "the log has it")
        with home.wire() as wire:
            must("LoginFailed" in wire.call(control.message(
                control.OWN + "LoginComplete", {"account": "me", "url": script})), "taken")
