"""An installation as its owner sees it: with the command `daybook`, and with the files of its
archive."""

import hashlib
import json
import os
import subprocess

import house


class Home(house.House):
    """Of one account that reads at a provider of days."""

    def command(self, *words):
        """The exit status of `daybook WORDS`, and what it printed on standard output."""
        done = subprocess.run(
            [f"{self.build}/daybook", "--socket", f"{self.folder}/run/control.sock", *words],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120,
            stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout

    def findings(self, *words):
        """The exit status of `daybook verify WORDS`, and its findings as (what, path); how many
        files were `looked_at`."""
        def asked():
            nonlocal status, text
            status, text = self.command("--json", "verify", *words)
            return text and "error" not in json.loads(text)

        status, text = None, ""
        if not self.wait(20, asked):
            raise RuntimeError(f"verify {' '.join(words)}: {status} {text}")
        self.looked_at = json.loads(text)["checked"]
        return status, [(f["what"], f["path"]) for f in json.loads(text)["findings"]]

    def stored(self):
        """How many days it says it has."""
        return sum(s["open"] + s["final"] for s in self.streams() or [])

    def answers(self):
        return self.runs() and self.ask("Status") is not None

    def letters(self):
        """The character of each day, from the first on."""
        replies = self.ask("Days", {"account": "me"}, more=True) or []
        return "".join(reply["parameters"]["days"] for reply in replies).strip("-")

    def checked(self, times=1):
        """The daemon has said so many times that a check has ended."""
        return self.said("checked ") >= times

    def bodies(self, temporaries=False):
        """Where each body is that lies below the archive, by its hash; also in quarantine."""
        out = {}
        for folder, _, names in os.walk(f"{self.state}/archive"):
            for name in names:
                if name == ".daybook" or ".tmp-" in name and not temporaries:
                    continue
                with open(f"{folder}/{name}", "rb") as file:
                    digest = hashlib.sha256(file.read()).hexdigest()
                out[digest] = os.path.relpath(f"{folder}/{name}", f"{self.state}/archive")
        return out
