"""P7: how much memory it takes for a while when a very large day arrives, and when many arrive at
once."""

import os
import tempfile
import threading

import fetching
import server

LARGE, MANY = 64 << 20, 200
ACCOUNTS = 25
# What the daemon has in flight at most.
TRANSFERS = 64


class Provider(server.Provider):
    """Says nothing before `open`. Days are answered at `begin`, all that are waited for at the
    same moment."""

    def __init__(self, days, size):
        self.size, self.waiting = size, 0
        self.open, self.begin = threading.Event(), threading.Event()
        super().__init__(days)

    def get(self, request):
        self.open.wait()
        if request.path != "/me":
            self.waiting += 1
            self.begin.wait()
        return super().get(request)

    def document(self, day):
        # Many items, as in a day of second by second heart rates; no single text is large.
        item = b'{"time":"2016-06-18T12:00:00Z","value":61},'
        return b'{"day":"%s","items":[%s0]}' % (day.encode(), item * (self.size // len(item)))


class Weighed(fetching.Fetching):
    def memory(self, name):
        """MiB: VmRSS now, or VmHWM, the most since `forget`."""
        with open(f"/proc/{self.daemon.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(name)) / 1024

    def forget(self):
        with open(f"/proc/{self.daemon.pid}/clear_refs", "w") as file:
            file.write("5")


def grown(options, accounts, days, size):
    """MiB that it grew at most, above what it held when it had started and knew nothing yet."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.out) as folder:
        provider = Provider(server.days(days), size)
        home = Weighed(folder, options.build, None, provider)
        home.accounts([f"a{number:02}" for number in range(accounts)])
        try:
            home.launch()
            home.wait(30, lambda: provider.heard)
            idle = home.memory("VmRSS")
            home.forget()
            provider.open.set()
            wanted = min(accounts * days, TRANSFERS)
            if not home.wait(30, lambda: provider.waiting >= wanted):
                raise RuntimeError(f"{provider.waiting} of {wanted} calls came")
            provider.begin.set()
            if not home.wait(120, lambda: home.said("every day is here") == accounts):
                raise RuntimeError("not every day came")
            return home.memory("VmHWM") - idle
        finally:
            provider.open.set()
            provider.begin.set()
            home.end()
            provider.close()


def rows(options):
    large = grown(options, 1, 1, LARGE)
    print(f"  a day of {LARGE >> 20} MiB: {large:.1f} MiB more", flush=True)
    many = grown(options, ACCOUNTS, MANY // ACCOUNTS, 20_000)
    print(f"  {MANY} days at once: {many:.1f} MiB more", flush=True)
    return [
        ("P7", f"memory that a day of {LARGE >> 20} MiB adds", f"{large:.1f} MiB", "<= 16 MiB"),
        ("P7", f"memory that {MANY} days at once add", f"{many:.1f} MiB", "<= 16 MiB"),
    ]
