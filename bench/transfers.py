"""P1 to P3: two thousand days from nginx on loopback, stored by us and by others, in turn."""

import os
import shutil
import tempfile
import time

import fetching
import house
import measure
import nginx

COUNT = 2_000


class Ours(fetching.Fetching):
    """One account at one provider without limits."""

    def furnish(self, provider, login):
        super().furnish(provider, login)
        # One document stands for each day: none says which it is about.
        text = house.PROVIDER.format(name="days", login="none", urls=f"api: {provider.origin}", more="")
        self.write("providers/days.yaml",
                   "".join(line for line in text.splitlines(True) if "belongs" not in line))


def first_day():
    """Its date, and the number of days from 1970 to it, with today as the last of the days."""
    number = int(time.time()) // 86_400 - COUNT + 1
    return time.strftime("%Y-%m-%d", time.gmtime(number * 86_400)), number


class Bench:
    def __init__(self, options):
        self.options = options
        # On a real disk: durable is to mean something.
        self.folder = tempfile.mkdtemp(prefix="bench-", dir=options.out)
        os.chmod(self.folder, 0o755)
        self.first, self.number = first_day()
        self.server = nginx.Nginx(f"{self.folder}/nginx", self.first)
        self.costs, self.places = {}, 0

    def close(self):
        self.server.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def place(self, name):
        """A new one each time: for seconds after files were deleted, ext4 looks at each of their
        inodes whenever it makes a file (recently_deleted in fs/ext4/ialloc.c)."""
        self.places += 1
        path = f"{self.folder}/{name}{self.places}"
        os.makedirs(path)
        os.sync()
        return path

    def ours(self):
        home = Ours(self.place("ours"), self.options.build, None, self.server)
        return home.fetch()

    def durable(self):
        return measure.run([f"{self.options.out}/durable", self.server.origin, str(self.number),
                            str(COUNT), self.place("durable")])

    def naive(self):
        here = os.path.dirname(os.path.abspath(__file__))
        return measure.run([self.options.python, f"{here}/naive.py", self.server.origin,
                            str(self.number), str(COUNT), self.place("naive")])

    def curl(self):
        place = self.place("curl")
        with open(f"{place}/urls", "w") as file:
            for n in range(COUNT):
                file.write(f'url = "{self.server.origin}/day/{n}"\noutput = "{place}/{n}.json"\n')
        return measure.run(["curl", "-sS", "--parallel", "--parallel-max", "50",
                            "--config", f"{place}/urls"])

    def play(self):
        for turn in range(self.options.rounds):
            for name in ("ours", "durable", "naive", "curl"):
                cost = getattr(self, name)()
                self.costs.setdefault(name, []).append(cost)
                print(f"  {turn + 1} {name:<8} {cost.wall:6.2f} s, "
                      f"{cost.cpu * 1000 / COUNT:5.2f} ms of CPU a day, "
                      f"{cost.memory / 2**20:5.1f} MiB", flush=True)


def rows(options):
    bench = Bench(options)
    try:
        bench.play()
    finally:
        bench.close()
    ours = bench.costs["ours"]

    def beside(name, what):
        return f"{measure.ratios(ours, bench.costs[name], what):.2f} x"

    return [
        ("P1", "CPU, beside C of the same durability", beside("durable", "cpu"), "<= 1.5 x"),
        ("P1", "wall, beside C of the same durability", beside("durable", "wall"), "<= 2 x"),
        ("P2", "CPU, beside a script with requests", beside("naive", "cpu"), "<= 0.5 x"),
        ("P2", "wall, beside a script with requests", beside("naive", "wall"), "<= 1 x"),
        ("P3", "CPU, beside curl --parallel, not synced", beside("curl", "cpu"), "report"),
        ("P3", "wall, beside curl --parallel, not synced", beside("curl", "wall"), "report"),
        ("", "days a second", f"{COUNT / measure.median(ours, 'wall'):.0f}", "report"),
        ("", "most memory", f"{measure.median(ours, 'memory') / 2**20:.1f} MiB", "report"),
    ]
