"""All cases at once, on real daemons: watched while their servers are bad, then while they are good
again, then after a restart."""

import signal
import socket
import threading
import time

import names
from cases import Case
from certificates import Certificates
from door import Door
from host import Host
from lodging import Lodging, moment, path, stored
from views import View

# Seconds for which the servers are bad: more than the 30 s after which a slow call is given up.
WATCH = 40
# Seconds that work may take once nothing is in its way.
PATIENCE = 60


def never(host, request):
    return False


def beside():
    """An account that has something to read all the time, beside the others."""
    return Case(0, "", None, None, hits=never, provider="paced", count=700, name="well")


class Play:
    def __init__(self, folder, build, cases, days):
        self.cases = cases
        self.trap, self.names = Door(socket.socket.close), names.Names()
        certificates = Certificates(folder)
        with open(f"{folder}/resolver", "w") as file:
            file.write(f"nameserver {names.ADDRESS}\noptions timeout:1 attempts:1\n")
        self.homes, self.hosts, self.samples = {}, [], {}
        for name in ("main", "clock", "alone"):
            played = [case for case in cases if case.house == name]
            hosts = [Host(case, days(case.count), certificates, self.trap)
                     for case in [beside()] * (name != "alone") + played]
            home = Lodging(f"{folder}/{name}", build, None, hosts)
            home.see(certificates.file, f"{folder}/resolver")
            self.homes[name] = home
            self.hosts += [(home, host) for host in hosts]
        for host in self.tested():
            self.names.trouble[host.case.domain] = host.case.trouble
            self.samples[host.name] = []

    def tested(self):
        return [host for _, host in self.hosts if host.case.number]

    def close(self):
        self.ends = 0
        for home in self.homes.values():
            home.end()
        for _, host in self.hosts:
            host.close()
        self.trap.close()
        self.names.close()

    # While the servers are bad.

    def begin(self):
        for home in self.homes.values():
            home.start()
        for home in self.homes.values():
            home.wait(PATIENCE, lambda home=home: home.ask("Status") is not None)
        self.ends = time.monotonic() + PATIENCE + WATCH
        self.sampler = threading.Thread(target=self.sample_all)
        self.sampler.start()
        self.refused = []
        for home, host in self.hosts:
            if host.case.provider != "open":
                replies = home.sign_in(account=host.name)
                if not replies or "error" in replies[-1]:
                    self.refused.append(host.name)
                host.signed_in = time.monotonic()

    def watch(self):
        alone = self.homes["alone"]
        before, since = alone.measure("cpu"), time.monotonic()
        self.ends = since + WATCH
        self.sampler.join()
        self.over = time.monotonic()
        self.share = (alone.measure("cpu") - before) / (time.monotonic() - since)
        self.memory = max(home.measure("VmHWM") for home in self.homes.values()) / 1024

    def sample_all(self):
        """Samples the accounts, and has a day asked again where it has been stored."""
        turn = 0
        while time.monotonic() < self.ends:
            for name, home in self.homes.items():
                # The one whose time is measured is not to spend it on us.
                if name != "alone" or turn % 20 == 0:
                    self.sample(home)
            turn += 1
            time.sleep(0.2)

    def sample(self, home):
        now, known = time.time(), home.follow()
        for name, status in home.statuses().items():
            if name in self.samples:
                until = status.get("until")
                self.samples[name].append(
                    (now, status["state"], status.get("reason"), until and moment(until)))
        for host in home.hosts:
            if host.case.again and host.first_bad and not host.turned and (
                    host.name, host.stored_day) in known and host.ready():
                host.turned = True
                home.resync(host.name, host.stored_day)

    def judge(self):
        """What is wrong, by the names of cases."""
        problems, self.false = {}, 0
        for home in self.homes.values():
            statuses, reasons = home.statuses(), home.reasons()
            for host in home.hosts:
                if not host.case.number:
                    continue
                view = View(home, host, self.samples[host.name], statuses[host.name], reasons)
                if host.case.domain and not host.case.connection:
                    view.tries = self.names.asked.get(host.case.domain, 0)
                problems[host.name] = host.case.reaction(view)
                problems[host.name] += self.always(host, view)
        return problems

    def always(self, host, view):
        """What holds whatever the reaction."""
        out = [f"false: {name}" for name in view.false_documents()]
        self.false += len(out)
        if (host.name in self.refused) == host.case.signs_in:
            out.append("its sign-in went otherwise")
        if host.strangers:
            out.append(f"{host.strangers} bearers of others came")
        if view.temporaries():
            out.append(f"left over: {view.temporaries()}")
        return out

    # While they are good again.

    def heal(self):
        self.names.trouble.clear()
        for _, host in self.hosts:
            host.bad = False
        for home in self.homes.values():
            statuses = home.statuses()
            for host in home.hosts:
                state = statuses[host.name]["state"]
                if state == "sealed":
                    home.ask("Resume", {"account": host.name, "probe": True})
                elif state == "sign-in-needed":
                    home.sign_in(account=host.name)
                if host.case.number and host.case.provider != "open":
                    for day in host.order:
                        home.resync(host.name, day)

    def whole(self, home, host, statuses):
        """Every day is stored, and is what the good server has."""
        files = home.files(host.name)
        return stored(statuses[host.name]) >= len(host.order) * len(
            statuses[host.name]["streams"]) and all(
            files.get(path("steps", day)) == host.whole(day) for day in host.order)

    def waited_for(self, wanted):
        """Waits until these hosts' accounts are whole; the names of those that are not."""
        left = {host.name: (home, host) for home, host in self.hosts if wanted(host.case)}
        end = time.monotonic() + PATIENCE
        while left and time.monotonic() < end:
            for home in self.homes.values():
                statuses = home.statuses()
                for name in [n for n, (h, _) in left.items() if h is home and statuses]:
                    if self.whole(home, left[name][1], statuses):
                        del left[name]
            time.sleep(0.2)
        return sorted(left)

    def restart(self):
        """Stops all in order and starts them again; the exit statuses that are not 0."""
        statuses = [home.end(signal.SIGTERM) for home in self.homes.values()]
        for home in self.homes.values():
            home.start()
        return [status for status in statuses if status != 0]

    def findings(self):
        """What a deep verify of every file finds."""
        out = []
        for home in self.homes.values():
            replies = home.verify({"deep": True})
            out += [f for reply in replies or [{"parameters": {"findings": ["no answer"]}}]
                    for f in reply["parameters"].get("findings") or []]
        return out
