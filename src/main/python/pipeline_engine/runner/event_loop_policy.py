"""Makes `asyncio.get_event_loop()` work in a `def` as if its script had a process of its own.

Before Python 3.14 that function makes an event loop, but only in the main thread and only before the first
`asyncio.run`. A `def` that relies on it would fail with several records in flight, or beside another script. Since 3.14
it always fails until the script sets a loop itself.
"""

import asyncio
import sys


def install_event_loop_policy() -> None:
    """Make an event loop for every thread that asks for one, unless a script has set a policy."""
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
