"""One play of the prover: the real engine in virtual time, whose calls are answered here."""

import os
import subprocess
import tempfile

PROVIDER = """name: steps
title: Steps
login: none
urls: {{api: "https://steps.example"}}
params: [user]
windows:
{windows}
{more}answers:
  - {{call: data, status: 404, means: past_reach}}
streams:
  - name: steps
    request: {{get: "/{{user}}/{{start}}"}}
    window: {{form: ymd, ends: "[]"}}
    items: /items
    belongs: {{at: /day, form: ymd}}
"""

# A day that the provider no longer has costs a call like any other, and no file. It is the usual
# answer where only calls are counted.
NO_DAY = "404"
DAY = "200"


def window(limit, seconds, per="app", align=None):
    """A window as the operator would declare it."""
    said = f", align: {align}" if align else ""
    return f"  - {{name: w{seconds}, seconds: {seconds}, limit: {limit}, per: {per}{said}}}"


def play(program, windows, answer, *, seed, minutes, accounts, days, happenings=(), meters=""):
    """Plays so many minutes, with so many days to read of each account; `answer` gets (moment,
    account) of each call that arrives, and says a status and headers."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/steps.yaml"
        with open(path, "w") as file:
            file.write(PROVIDER.format(windows="\n".join(windows), more=meters))
        with subprocess.Popen(
                [program, path, str(seed), str(minutes), str(accounts), str(days), *happenings],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as prover:
            for line in os.fdopen(os.dup(prover.stdout.fileno()), "rb"):
                moment, account = line.split()
                reply = answer(int(moment) / 1e6, account.decode())
                prover.stdin.write(reply.encode() + b"\n")
        if prover.returncode:
            raise SystemExit(f"the prover ended with {prover.returncode}")
