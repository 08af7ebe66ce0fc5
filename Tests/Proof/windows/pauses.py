"""Whether a wait that the provider asks for is kept, and how long after its end the next call
comes: over restarts, steps of the clock and sleep, in virtual time."""

import dataclasses
import email.utils
import itertools
import math

import play

# Seconds after the beginning at which the provider wants to be left alone, and for how long.
AT, LENGTH = 600, 300
# Calls that had left when the answer with the wait arrived are no breach of it.
ON_THE_WAY = 2
START = 1527854400
ACCOUNTS = 3

# Wide enough that the calls which a kill leaves unaccounted for, until they would have timed out,
# do not fill them: after the pause there is room.
WINDOWS = [play.window(60, 60, align="clock"), play.window(2000, 3600, align="clock")]
METERS = """meters:
  - {header: X-Left, says: left, window: w3600}
  - {header: X-Reset, says: resets_at, window: w3600}
"""

# What happens in the middle of the pause.
HAPPENINGS = {
    "nothing": [],
    "kill": ["750:kill"],
    "stop": ["750:stop"],
    "boot": ["750:reboot"],
    "two kills": ["610:kill", "898:kill"],
    "clock +1 s": ["750:step=1"],
    "clock -1 s": ["750:step=-1"],
    "clock +1 h": ["750:step=3600"],
    "clock -1 h": ["750:step=-3600"],
    "clock +1 year": ["750:step=31536000"],
    "clock -1 year": ["750:step=-31536000"],
    "clock and kill": ["750:step=3600", "800:kill"],
    "sleep": ["700:sleep=100"],
    "sleep past the end": ["700:sleep=400"],
    "sleep and kill": ["700:sleep=100", "810:kill"],
}
# How the wait is told.
TOLD = ("429 seconds", "429 date", "429 reset", "503 seconds", "503 date")
WAKES = {"sleep past the end": START + 1100}


@dataclasses.dataclass
class Outcome:
    told: str
    happening: str
    # Calls before the end; seconds from it to the next one, and from when what was told leaves no
    # doubt that it has come.
    early: int
    late: float
    delay: float

    @property
    def kind(self):
        """How the end was told: in seconds, by a date, or by when the meter resets."""
        return self.told.split()[1]


def cases():
    return list(itertools.product(TOLD, HAPPENINGS))


def run(program, told, happening):
    pause = Pause(told)
    # Another one for each: the pause begins at another part of a second.
    seed = cases().index((told, happening)) + 1
    play.play(program, WINDOWS, pause.answer, seed=seed, minutes=22, accounts=ACCOUNTS,
              days=1000, happenings=HAPPENINGS[happening], meters=METERS)
    wake = WAKES.get(happening, 0)
    late, delay = (pause.next - max(end, wake) for end in (pause.end, pause.end + pause.doubt))
    return Outcome(told, happening, pause.early, late, delay)


class Pause:
    """A provider that refuses everything for a while, and says for how long."""

    def __init__(self, told):
        self.told, self.begun, self.end, self.doubt = told, None, math.inf, 0
        self.early, self.next = 0, math.inf

    def answer(self, moment, _):
        date = f"Date: {email.utils.formatdate(moment, usegmt=True)}"
        if self.begun is None and moment >= START + AT:
            self.begin(moment)
        if self.begun is None:
            return f"{play.NO_DAY}\t{date}"
        if moment < self.end:
            self.early += moment > self.begun + ON_THE_WAY
            return f"{self.told.split()[0]}\t{date}\t{self.wait(moment)}"
        self.next = min(self.next, moment)
        return f"{play.NO_DAY}\t{date}"

    def begin(self, moment):
        self.begun, self.end = moment, moment + LENGTH
        if not self.told.endswith("seconds"):
            # A date tells a whole second, and so does the answer's own, with which it is compared:
            # part of that one has gone by. A meter's reset may have lost part of its own as well.
            self.end = math.ceil(moment) + LENGTH
            self.doubt = moment - math.floor(moment) + self.told.endswith("reset")

    def wait(self, moment):
        end = self.end
        if self.told.endswith("date"):
            return f"Retry-After: {email.utils.formatdate(end, usegmt=True)}"
        if self.told.endswith("reset"):
            return f"X-Left: 0\tX-Reset: {end}"
        return f"Retry-After: {math.ceil(end - moment)}"
