"""An installation of one account, and what becomes of it."""

import os
import re

import house


class SingleAccount(house.House):
    def __init__(self, *where, **how):
        super().__init__(*where, **how)
        # Calls of the file system count from the moment on at which this is there.
        self.arm = f"{self.folder}/since"

    def begin(self, **how):
        """Starts it, and waits until it answers, or is dead."""
        self.start(**how)
        self.wait(self.patience, lambda: not self.runs() or self.account() is not None)

    def account(self):
        """The account's status; None when nobody answers."""
        replies = self.ask("Status")
        return replies[-1]["parameters"]["accounts"][0] if replies else None

    def needs_sign_in(self):
        account = self.account()
        return account is not None and account["state"] == "sign-in-needed"

    def resync(self, **range):
        """Reads days again, and waits for them: how many were read; None when it cannot."""
        replies = self.ask("Resync", {"account": "me", **(range or {"all": True})})
        if not replies or replies[-1].get("parameters", {}).get("state") != "done":
            return None
        return replies[-1]["parameters"]["done"]

    def told(self, pattern):
        """Whether a line of its log has this."""
        with open(self.log_path, errors="replace") as file:
            return re.search(pattern, file.read()) is not None

    def forget(self):
        """The log begins anew; the daemon must not run."""
        os.truncate(self.log_path, 0)
