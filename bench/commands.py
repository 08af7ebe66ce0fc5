"""P10: from exec to exit, `daybook status` and `daybook resync` while the daemon is busy, beside
`systemctl status` of a service: only where systemd runs."""

import os
import signal
import statistics
import subprocess
import tempfile
import time

import home
import nginx
import transfers

TIMES = 40
# So many that they do not all come meanwhile.
DAYS = 100_000
BESIDE = ["systemctl", "status", "--no-pager", "systemd-journald.service"]


class Busy(transfers.Ours, home.Home):
    pass


def seconds(command):
    begun = time.monotonic()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE)
    took = time.monotonic() - begun
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.returncode} {done.stderr.decode()}")
    return took


def measured(options, folder):
    first = time.strftime("%Y-%m-%d", time.gmtime((time.time() // 86_400 - DAYS) * 86_400))
    source = nginx.Nginx(f"{folder}/nginx", first)
    busy = Busy(f"{folder}/ours", options.build, None, source)
    daybook = [f"{options.build}/daybook", "--socket", f"{busy.folder}/run/control.sock"]
    two_days = ["--from", "2024-02-28", "--to", "2024-02-29"]
    commands = {"status": [*daybook, "status"], "resync": [*daybook, "resync", "me", *two_days],
                "systemctl": BESIDE}
    found = {name: [] for name in commands}
    try:
        busy.launch()
        busy.wait(10, lambda: busy.stored() > 100)
        for _ in range(TIMES):
            for name, command in commands.items():
                found[name].append(seconds(command))
        if busy.said("every day is here"):
            raise RuntimeError("it was not busy to the end")
        return {name: statistics.median(times) for name, times in found.items()}
    finally:
        busy.end(signal.SIGTERM)
        source.end()


def rows(options):
    if not os.path.isdir("/run/systemd/system"):
        return [("P10", "status and resync, beside systemctl status", "no systemd", "report")]
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.out) as folder:
        os.chmod(folder, 0o755)
        found = measured(options, folder)
    print("  " + ", ".join(f"{name} {took * 1000:.1f} ms" for name, took in found.items()), flush=True)
    return [("P10", f"daybook {name}, beside systemctl status",
             f"{found[name] / found['systemctl']:.2f} x", "<= 1 x") for name in ("status", "resync")]
