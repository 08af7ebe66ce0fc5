"""The judge: strategies of the PyPI package `limits`, which count in virtual time."""

import math
import types

from limits import RateLimitItemPerSecond, storage, strategies
from limits.storage import memory

# Virtual seconds since 1970, wherever the package asks for the time.
clock = types.SimpleNamespace(now=0.0)
memory.time = strategies.time = types.SimpleNamespace(time=lambda: clock.now)

# How a server counts: the package's strategy, and whether its windows begin at the top of the
# clock's minute or hour. Otherwise a fixed window begins with the first call.
SHAPES = {
    "fixed": (strategies.FixedWindowRateLimiter, False),
    "fixed aligned": (strategies.FixedWindowRateLimiter, True),
    "moving": (strategies.MovingWindowRateLimiter, False),
    "sliding counter": (strategies.SlidingWindowCounterRateLimiter, False),
}


class Oracle:
    """Counts the calls of whoever calls, in all windows: (limit, seconds) each."""

    def __init__(self, shape, windows):
        strategy, self.aligned = SHAPES[shape]
        self.limiter = strategy(storage.MemoryStorage())
        self.items = [RateLimitItemPerSecond(limit, seconds) for limit, seconds in windows]

    def allows(self, moment, who):
        """As web frameworks use the package: the first window that is full refuses, and those
        before it have counted the call."""
        clock.now = moment
        return all(self.limiter.hit(item, *self.key(item, who)) for item in self.items)

    def wait(self, who):
        """Whole seconds after which it would allow another one."""
        resets = [self.limiter.get_window_stats(item, *self.key(item, who)) for item in self.items]
        full = [stats.reset_time for stats in resets if stats.remaining <= 0]
        return max(1, math.ceil(max(full, default=clock.now) - clock.now))

    def key(self, item, who):
        return (who, str(int(clock.now // item.get_expiry()))) if self.aligned else (who,)
