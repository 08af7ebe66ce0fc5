"""What a process costs: its time, its processor, its memory, and the flushes of the disk meanwhile."""

import os
import signal
import statistics
import subprocess
import time


class Cost:
    """Of one run: seconds of the clock and of the processor, and the most memory in bytes."""

    def __init__(self, wall, cpu, memory, flushes=None):
        self.wall, self.cpu, self.memory, self.flushes = wall, cpu, memory, flushes


def run(command, **more):
    """Runs a command to its end; one that fails is an error."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **more)
    return ended(process, time.monotonic())


def ended(process, begun, until=None):
    """What a process has cost that ends now, or is told to end. `until`: when its work was done."""
    if until:
        process.send_signal(signal.SIGTERM)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{process.args[0]} ended with {process.returncode}")
    return Cost((until or time.monotonic()) - begun, usage.ru_utime + usage.ru_stime,
                usage.ru_maxrss * 1024)


def median(costs, name):
    return statistics.median(getattr(cost, name) for cost in costs)


def ratios(ours, theirs, name):
    """The median of the ratios of runs that were made one after the other."""
    return statistics.median(
        getattr(a, name) / max(getattr(b, name), 1e-9) for a, b in zip(ours, theirs))
