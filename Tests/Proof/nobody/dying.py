"""What a daemon leaves when it dies, and what its status tells, 35 to 37."""

import contextlib
import os
import re
import signal
import subprocess

import canaries
from lab import must
from secrecy import COMMANDS, house, signed_in


def no_core(lab):
    """A program without such care leaves one here, unless the kernel puts them elsewhere."""
    marks = canaries.Canaries()
    with contextlib.closing(house(lab, marks, login=True)) as home:
        cores = f"{home.folder}/cores"
        with open("/proc/sys/kernel/core_pattern") as file:
            here = file.read().strip()[0] not in "|/"
        if here:
            subprocess.run(["sh", "-c", f"cd {cores}; ulimit -c unlimited; kill -ABRT $$"])
            must(len(os.listdir(cores)) == 1, "no program leaves a core")
            os.unlink(f"{cores}/{os.listdir(cores)[0]}")
        home.begin()
        with open(f"/proc/{home.daemon.pid}/limits") as file:
            limit = re.search(r"Max core file size\s+(\S+)\s+(\S+)", file.read()).groups()
        must(limit == ("0", "0"), f"core files of {limit} bytes are allowed")
        must(home.end(signal.SIGABRT) == -signal.SIGABRT, "it lives on")
        must(os.listdir(cores) == [], f"left: {os.listdir(cores)}")


def silent_crash(lab):
    """Nothing at all: a word of the runtime could hold memory."""
    with signed_in(lab) as (home, marks):
        for number in (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL,
                       signal.SIGFPE, signal.SIGTRAP, signal.SIGQUIT, signal.SIGSYS):
            said = home.log()
            must(home.end(number) == -number, f"{number} does not end it")
            must(home.log() == said, f"{number}: {home.log()[len(said):][:200]}")
            home.begin()
        home.end()
        canaries.search(lab, home, marks)


def status_of_tokens(lab):
    with signed_in(lab) as (home, marks):
        said = "".join(home.daybook(*words).stdout for words in COMMANDS)
        must("steps" in said and "me" in said, "nothing is said")
        must(not re.search("token|secret|bearer|refresh", said, re.I), f"of tokens: {said[:300]}")
        home.end(signal.SIGTERM)
        canaries.search(lab, home, marks)
