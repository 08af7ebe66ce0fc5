"""Attacks on the control socket, 1 to 7 and 13 to 15."""

import array
import json
import os
import select
import socket
import subprocess
import sys
import threading
import time

from lab import must, while_working

OWN = "org.daybook.Control."
SERVICE = "org.varlink.service."
# As slow as a provider's: ten days a second, for minutes.
SLOW = "windows:\n  - {name: second, seconds: 1, limit: 10, per: user}\n"
FOREIGN = [("LoginBegin", {"account": "me"}), ("LoginComplete", {"account": "me", "url": "x"}),
           ("Logout", {"account": "me"}), ("Reload", {}), ("Verify", {"repair": True})]


def message(method, parameters=None, **flags):
    return json.dumps({"method": method, "parameters": parameters or {}, **flags})


def visitor(*words):
    ran = subprocess.run([sys.executable, f"{os.path.dirname(__file__)}/visitor.py", *words],
                         capture_output=True, text=True, timeout=60)
    must(ran.returncode == 0, f"the visitor: {ran.stderr[-300:]}")
    return ran.stdout


def foreign_writes(lab):
    with lab.home(login=True) as home:
        call = message(OWN + "Pause")
        shut = subprocess.run([sys.executable, f"{os.path.dirname(__file__)}/visitor.py", "call",
                               home.socket, call], capture_output=True, text=True)
        must("PermissionError" in shut.stderr, "another user can connect")
        home.opened()
        calls = [message(OWN + method, given) for method, given in FOREIGN]
        answers = visitor("call", home.socket, call, *calls).splitlines()
        must("error" not in answers[0], "who may connect may not pause")
        refused = [SERVICE + "PermissionDenied" in answer for answer in answers[1:]]
        must(all(refused) and len(refused) == len(calls), f"answers: {answers}")
        lines = [line for line in home.log().splitlines() if "which is for root" in line]
        must(len(lines) == 1 and "user 65534 called" in lines[0], f"logged: {lines}")


def spoofed_credentials(lab):
    with lab.home(login=True) as home:
        home.opened()
        said = visitor("spoof", home.socket, message(OWN + "Logout", {"account": "me"}))
        must(SERVICE + "PermissionDenied" in said, f"root by word: {said}")


def reused_pid(lab):
    with lab.home(login=True) as home:
        home.opened()
        said = visitor("heir", home.socket, message(OWN + "Logout", {"account": "me"}))
        must(SERVICE + "PermissionDenied" in said, f"root by number: {said}")


def thousand_connections(lab):
    with lab.home(3000, more=SLOW) as home:
        must(home.wait(30, lambda: home.provider.reads), "no day comes")
        before = home.descriptors()

        def attack():
            wires = [home.wire() for _ in range(1000)]
            # The last one has been let in, so all have.
            must(wires[-1].call(message(SERVICE + "GetInfo")), "the newest is not served")
            must(home.descriptors() <= before + 40, f"{home.descriptors()} descriptors")
            kept = sum(not is_closed(wire) for wire in wires)
            must(0 < kept <= 32, f"{kept} of 1000 connections are kept")
            must(is_closed(wires[0]), "the oldest is kept")
            for wire in wires:
                wire.socket.close()

        while_working(home, attack)


def is_closed(wire):
    """Nothing was asked, so only the end can be read."""
    return polled(wire, select.POLLIN)


def one_byte_a_second(lab):
    with lab.home(3000, more=SLOW) as home, home.wire() as wire:
        text = message(OWN + "Status").encode()
        begun = time.monotonic()
        for byte in text:
            if not wire.send(bytes([byte])) or polled(wire, select.POLLIN, 1):
                break
        seconds = time.monotonic() - begun
        must(wire.closed(), "a message without end is waited for")
        must(9.5 < seconds < 30, f"closed after {seconds:.1f} s")


def never_reads(lab):
    """Also of replies that go on: a watcher that does not read, while others make news."""
    call = message(SERVICE + "GetInterfaceDescription", {"interface": "org.daybook.Control"})
    with lab.home(3000, more=SLOW) as home:
        with home.wire() as deaf:
            deaf.socket.setblocking(False)
            flood = (call.encode() + b"\0") * 1000

            def attack():
                try:
                    deaf.socket.send(flood)
                except BlockingIOError:
                    time.sleep(0.05)

            while_working(home, attack)
            must(home.memory() < 48, f"{home.memory():.0f} MB")
        with home.wire() as deaf, home.wire() as busy:
            deaf.send(message(OWN + "Watch", more=True).encode() + b"\0")
            news = 0
            while not hung_up(deaf):
                for method in ("Pause", "Resume"):
                    busy.call(message(OWN + method))
                news += 1
                must(news < 20_000, "a watcher that does not read is kept for ever")
            must(home.ask("Status"), "nobody else is served")


def hung_up(wire):
    return polled(wire, select.POLLHUP)


def polled(wire, event, seconds=0):
    """poll(2): select(2) knows only the first 1,024 descriptors."""
    poll = select.poll()
    poll.register(wire if isinstance(wire, int) else wire.socket, event)
    return bool(poll.poll(seconds * 1000))


def endless_message(lab):
    with lab.home(3000, more=SLOW) as home:

        def attack():
            with home.wire() as wire:
                sent = 0
                while sent < 1 << 30 and wire.send(b" " * 65536):
                    sent += 65536
                # The kernel takes a little more than the daemon reads.
                must(sent < 2 << 20, f"{sent} bytes of a message are taken")
                must(wire.closed(), "it is not closed")

        while_working(home, attack)


def pipelined(lab):
    with lab.home(3000, more=SLOW) as home:
        flood = [message(OWN + "Status", {"account": f"a{i}"}) for i in range(1000)]
        served = threading.Event()

        def attack():
            served.clear()
            with home.wire() as wire:
                sent = []
                other = threading.Thread(target=serve_another, args=(home, served))
                # Sent on its own: nobody reads a call while 64 KiB of answers wait.
                feeder = threading.Thread(target=feed, args=(wire, flood, sent, served))
                feeder.start()
                other.start()
                names = []
                while feeder.is_alive() or len(names) < len(sent):
                    names.append(json.loads(wire.reply())["parameters"]["account"])
                must(names == [f"a{i % 1000}" for i in range(len(sent))], "out of order")
                other.join()

        while_working(home, attack, days=10)


def feed(wire, flood, sent, served):
    """A thousand calls, and on until somebody else has been served."""
    while len(sent) < 1000 or not served.is_set():
        sent.append(wire.send(flood[len(sent) % 1000].encode() + b"\0"))


def serve_another(home, served):
    for _ in range(10):
        home.ask("Status")
    served.set()


def killed_login(lab):
    with lab.home(login=True) as home:
        begun = subprocess.Popen(
            [f"{lab.build}/daybook", "--socket", home.socket, "login", "me", "--no-browser"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        url = begun.stdout.readline()
        begun.kill()
        begun.wait()
        begun.stdin.close()
        begun.stdout.close()
        state = url.split("state=")[1].split("&")[0].strip()
        back = {"account": "me", "url": f"http://127.0.0.1:8754/?code=C&state={state}"}
        home.set_clocks(0, 601)
        must(home.error("LoginComplete", back) == "LoginFailed", "it still counts after 10 min")
        must(not any(form for *_, form in home.provider.heard), "its code was exchanged")
        # The same within its time: the state was the right one.
        home.sign_in()
        home.filled()


def passed_descriptors(lab):
    with lab.home(3000, more=SLOW) as home:

        def attack():
            end, passed = os.pipe()
            with home.wire() as wire:
                rights = array.array("i", [passed] * 200)
                wire.socket.sendmsg([message(SERVICE + "GetInfo").encode() + b"\0"],
                                    [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
                must("Daybook" in (wire.reply() or ""), "it is not served")
                os.close(passed)
                # The end shows only when nobody holds the other side any more.
                must(polled(end, select.POLLIN, 30) and os.read(end, 1) == b"",
                     "it has kept a descriptor")
            os.close(end)

        while_working(home, attack)
