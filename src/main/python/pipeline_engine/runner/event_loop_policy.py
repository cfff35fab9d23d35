"""`asyncio.get_event_loop()` for the scripts of one pipeline as if each of them had a process of its own.

Before Python 3.14 it makes an event loop where there is none, but only in the main thread and only until somebody has
called `asyncio.run`. A `def` that relies on it would fail with several records in flight, and beside another script.
From 3.14 on it fails everywhere, until the script sets a loop itself.
"""

import asyncio
import sys


def install_event_loop_policy() -> None:
    """Let every thread have an event loop when it asks for one; a policy that a script has set stays."""
    if sys.version_info >= (3, 14):
        return

    class LoopForEverybody(asyncio.DefaultEventLoopPolicy):
        def get_event_loop(self) -> asyncio.AbstractEventLoop:
            try:
                return super().get_event_loop()
            except RuntimeError:
                self.set_event_loop(self.new_event_loop())
                return super().get_event_loop()

    if type(asyncio.get_event_loop_policy()) is asyncio.DefaultEventLoopPolicy:
        asyncio.set_event_loop_policy(LoopForEverybody())
