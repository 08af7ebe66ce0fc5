"""An installation with an account for each row of a table, each with a provider file of its own."""

import glob
import re

import house
from lab import day

PROVIDER = """name: {name}
title: Outside
login: {login}
urls: {{api: "{origin}"}}
account: {{{fact}}}
streams:
  - name: steps
    request: {{get: "{path}", query: {{{query}}}}}
    window: {{form: ymd, ends: "[]"}}
    items: "{items}"
    {belongs}
"""


class RowsHouse(house.House):
    # Some rows are about answers that do not come.
    timeout = "3s"

    def __init__(self, folder, build, preload, site, rows):
        self.rows_played = rows
        super().__init__(folder, build, preload, site)
        self.patience = 120

    def accounts(self, names, login=False):
        # Today is read again soon, with what the first answer said of it.
        self.write("daybook.yaml", "fresh: 5s\naccounts:\n" + "".join(
            f"  {row.name}: {{provider: {row.name}, timeout: {self.timeout}, "
            f"since: {day(row.days - 1)}}}\n" for row in self.rows_played))

    def provider_file(self, row, **values):
        self.write(f"providers/{row.name}.yaml", PROVIDER.format(name=row.name, **values))

    def close(self):
        self.end()

    # What can be seen of a row.

    def states(self):
        """The status of each account by its name."""
        replies = self.ask("Status") or []
        return {account["name"]: account for reply in replies
                for account in reply["parameters"].get("accounts") or []}

    def days(self, account):
        """How many days are in which state; states of none are left out."""
        streams = account["streams"] or [{}]
        return {state: count for state, count in streams[0].items()
                if state not in ("name", "confirmed") and count}

    def files(self, row):
        return glob.glob(f"{self.folder}/state/archive/{row.name}/steps/*/*/*.json")

    def log(self):
        with open(f"{self.folder}/log", errors="replace") as file:
            return file.read()

    def suffers(self, row, states, log):
        """Whether what the row expects has come."""
        account = states.get(row.name)
        if account is None or row.account not in ("", account["state"]):
            return False
        if row.told and not re.search(rf" {row.name}\b.*({row.told})", log):
            return False
        days = self.days(account)
        if row.counted == "open":
            return days == {"open": row.days}
        wanted = {row.counted} if row.counted != "none" else set()
        return wanted <= set(days) and set(days) <= wanted | {"missing"} and not self.files(row)

    def recovered(self, row, states):
        account = states.get(row.name)
        return account is not None and self.days(account) == {"open": row.days}

    def missed(self, condition, rows):
        """Waits until the condition holds for every row: the rows for which it never does."""
        left = list(rows)

        def done():
            states, log = self.states(), self.log()
            left[:] = [row for row in left if not condition(row, states, log)]
            return not left
        self.wait(self.patience, done)
        return left
