"""A clock that nobody waits for: time passes only when everybody sleeps."""

import asyncio
import heapq
import itertools


class VirtualClock:
    """Seconds from 100 on; `sleep` waits on it, `run` lets it pass."""

    def __init__(self):
        self.now = 100.0
        self._sleepers, self._order = [], itertools.count()

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), woken))
        await woken

    async def run(self, *coroutines):
        """Run them to their end, letting time pass; their results."""
        everybody = asyncio.gather(*coroutines)
        while not everybody.done():
            for _ in range(20):
                await asyncio.sleep(0)
            if not everybody.done():
                self.wake_next()
        return everybody.result()

    def wake_next(self):
        """Let time pass until the next sleeper wakes, where anybody sleeps."""
        if self._sleepers:
            when, _, woken = heapq.heappop(self._sleepers)
            self.now = max(self.now, when)  # whoever sets it forward stood still meanwhile, and so did the sleepers
            woken.set_result(None)
