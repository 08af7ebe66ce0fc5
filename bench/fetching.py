"""An installation that reads every day there is, as fast as it can."""

import os
import subprocess
import time

import house
import measure


def provider(streams, **fields):
    """The provider file of the proofs with other streams in the place of its own."""
    text = house.PROVIDER.format(name="days", **fields)
    mark = "streams:\n"
    return text[:text.index(mark) + len(mark)] + "".join(streams)


class Fetching(house.House):
    """Nothing but the usual lines is written, and nothing looks on."""

    def launch(self):
        with open(self.log_path, "ab") as log:
            self.daemon = subprocess.Popen(
                [*self.before, f"{self.build}/daybookd", "--config", f"{self.folder}/daybook.yaml",
                 "--providers", f"{self.folder}/providers", "--state", self.state,
                 "--runtime", f"{self.folder}/run"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, **self.environment})

    def fetch(self, seconds=60):
        """What it costs from the start to the line that says that every day is there."""
        begun = time.monotonic()
        self.launch()
        if not self.wait(seconds, lambda: self.said("every day is here")):
            self.end()
            with open(self.log_path) as log:
                raise RuntimeError("not every day came:\n" + "".join(log.readlines()[-5:]))
        return measure.ended(self.daemon, begun, until=time.monotonic())
