"""What a small batch costs in page faults, which do not depend on how busy the machine is."""

import os
import subprocess
import sys
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


class PageTables(unittest.TestCase):
    def test_a_page_of_every_mapped_file_is_the_own_one_of_the_process(self) -> None:
        shared = self._run("""
            from pipeline_engine.linux.page_tables import share_mapped_files_with_forks
            share_mapped_files_with_forks()
            area = ""
            for line in open("/proc/self/smaps"):
                fields = line.split()
                if "-" in fields[0]:
                    area = line if fields[1] in ("r--p", "r-xp") and fields[4] != "0" else ""
                elif area and fields[0] == "Anonymous:" and fields[1] == "0":
                    print(area)
        """)

        self.assertEqual(shared, "")

    def test_new_objects_lie_side_by_side_once_gaps_are_filled(self) -> None:
        pages = self._run("""
            from pipeline_engine.loader.memory_layout import fill_gaps
            old = [bytes(200) for _ in range(20_000)]
            del old[::500]
            fill_gaps()
            new = [bytes(200) for _ in range(15)]
            print(len({id(one) // 4096 for one in new}))
        """)

        self.assertLessEqual(int(pages), 3)

    def _run(self, program: str) -> str:
        command = [sys.executable, "-c", script(program)]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ)).stdout


if __name__ == "__main__":
    unittest.main()
