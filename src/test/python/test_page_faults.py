"""What a small batch costs in page faults, which do not depend on how busy the machine is."""

import unittest

from engine_service import EngineService, script
from process_table import descendants

_BATCHES = 20
_MOST = 320
"""165 with the Python of a sandbox, 277 with one that is built in another way. Before, it was 530."""


def page_faults(process: int) -> int:
    """Those of a process and of the children that it has waited for."""
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return int(fields[7]) + int(fields[8])


class PageFaults(unittest.TestCase):
    def test_a_batch_of_five_records_copies_few_pages(self) -> None:
        with EngineService() as engine:
            engine.load(
                script("""
                    def transform(record):
                        record["statement"] = "row %s" % record["id"]
                        return record
                """),
                script("""
                    def transform(record):
                        record["ok"] = record["id"] % 2 == 0
                        return record
                """),
            )
            self._run(engine)
            (loader,) = descendants(engine.process.pid)[:1]
            before = page_faults(engine.process.pid), page_faults(loader)

            self._run(engine)

            after = page_faults(engine.process.pid), page_faults(loader)
        supervisor, loader_and_batches = (
            (later - earlier) / _BATCHES for earlier, later in zip(before, after, strict=True)
        )
        self.assertLess(supervisor, 10)
        self.assertLess(loader_and_batches, _MOST)

    def _run(self, engine: EngineService) -> None:
        for number in range(_BATCHES):
            engine.run([{"id": number * 5 + place, "text": "hello"} for place in range(5)], base=number * 5)


if __name__ == "__main__":
    unittest.main()
