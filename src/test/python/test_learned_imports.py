"""What batches import by themselves is imported once for all that follow, where that can be done."""

import unittest

from packages_case import PackagesCase

from engine_service import EngineService, script
from package_folder import ImportCounter, package_folder


class LearnedImports(PackagesCase):
    LAZY = script("""
        import os
        def transform(record):
            import lazy
            return record | {"value": lazy.VALUE, "parent": os.getppid()}
    """)

    def test_what_a_batch_imports_by_itself_is_imported_for_the_next_ones(self) -> None:
        folder = package_folder(self, lazy=self.imports.source + "VALUE = 7\nprint('imported')\n")
        self.load(folder, self.LAZY)

        outcomes = [self.engine.run([{}]) for _ in range(6)]

        self.assertEqual([outcome.finals[0]["value"] for outcome in outcomes], [7] * 6)
        # Once in the first batch, once in the loader.
        self.assertEqual(self.imports.count, 2)
        self.assertEqual([outcome.log for outcome in outcomes], ["#0 imported\n"] + [""] * 5)

    def test_modules_within_packages_are_learned_too(self) -> None:
        folder = package_folder(self, deep__inner=self.imports.source)
        self.load(folder, "def transform(record):\n    from deep import inner\n    return record\n")

        self.finals(4)

        self.assertEqual(self.imports.count, 2)

    def test_imports_of_different_batches_add_up(self) -> None:
        other = ImportCounter(self)
        folder = package_folder(self, one=self.imports.source, two=other.source)
        self.load(folder, "def transform(record):\n    __import__(record['name'])\n    return record\n")

        for name in ("one", "two") * 4:
            self.engine.run([{"name": name}])

        self.assertEqual((self.imports.count, other.count), (2, 2))

    def test_an_import_that_does_not_work_in_the_loader_stays_with_the_batches(self) -> None:
        in_loader = script("""
            import os, sys
            if 'pipeline_script_0' in sys.modules and sys.modules['pipeline_script_0'].in_batch != os.getpid():
                {trouble}
            VALUE = 7
        """)
        troubles = {
            "raises": "raise ValueError",
            "ends": "os._exit(0)",
            "crashes": "os.kill(os.getpid(), 9)",
            "hangs": "import time; time.sleep(600)",
            "leaves a thread": "import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()",
            "leaves a process": "import subprocess; subprocess.Popen(['sleep', '600'])",
        }
        source = script("""
            import os
            in_batch = None
            def transform(record):
                global in_batch
                in_batch = os.getpid()
                import lazy
                return record | {"value": lazy.VALUE, "parent": os.getppid()}
        """)
        for name, trouble in troubles.items():
            counter = ImportCounter(self)
            folder = package_folder(self, lazy=counter.source + in_loader.format(trouble=trouble))
            with self.subTest(name), EngineService() as engine:
                engine.load(source, environment={"path": folder}, loadTimeoutSeconds=3)
                found = [engine.run([{}]).finals[0] for _ in range(3)]
                self.assertEqual([final["value"] for final in found], [7] * 3)
                # A module that raises does not keep the loader from having imported others.
                self.assertEqual(len({final["parent"] for final in found}), 2 if name == "raises" else 1)
                # One for each batch, and one trial in the loader.
                self.assertEqual(counter.count, 4)

    def test_what_a_script_imports_under_variables_of_its_own_is_not_learned(self) -> None:
        folder = package_folder(self, lazy=self.imports.source + "import os\nVALUE = os.environ.get('MODE')\n")
        source = "import os\ndef setup():\n    os.environ['MODE'] = 'quiet'\n" + self.LAZY
        self.load(folder, source)

        self.assertEqual([final["value"] for final in self.finals(3)], ["quiet"] * 3)
        self.assertEqual(self.imports.count, 3)

    def test_variables_that_packages_set_are_no_obstacle(self) -> None:
        setting = "import os\nos.environ['OF_A_PACKAGE'] = '1'\nVALUE = 1\n"
        folder = package_folder(self, lazy=setting + "import more\n", more=self.imports.source)
        self.load(folder, self.LAZY)

        self.finals(3)

        self.assertEqual(self.imports.count, 2)

    def test_scripts_and_the_standard_library_are_not_imported_by_the_loader(self) -> None:
        learn = script("""
            import gc, sys
            def transform(record):
                gc.unfreeze()
                told = next(o for o in gc.get_objects() if type(o).__name__ == 'LearnedModules')
                seen = [name for name in record["names"] if name in sys.modules]
                told.tell(record["names"])
                return {"seen": seen}
        """)
        folder = package_folder(self, lazy="")
        names = ["lazy", "wave", "pipeline_script_7", "no_such", "lazy.no_such", "a b", "", "..", "sys;x", "\n"]
        self.load(folder, learn)
        found = [self.engine.run([{"names": names}]).finals[0]["seen"] for _ in range(2)]

        self.assertEqual(found, [[], ["lazy"]])

    def test_what_changes_other_modules_in_each_batch_is_not_learned(self) -> None:
        folder = package_folder(self, gevent="", lazy=self.imports.source + "VALUE = 1\n")
        self.load(folder, "def setup():\n    import gevent\n" + self.LAZY)

        self.finals(3)

        self.assertEqual(self.imports.count, 3)

    def test_random_numbers_of_a_learned_numpy_differ_from_batch_to_batch(self) -> None:
        random = script("""
            import os
            _state = None
            def seed():
                global _state
                _state = os.urandom(8).hex()
            seed()
        """)
        folder = package_folder(self, numpy__random=random)
        self.load(
            folder,
            "def transform(record):\n    import numpy.random\n    return {'state': numpy.random._state}\n",
        )

        self.assertEqual(len({final["state"] for final in self.finals(4)}), 4)

    def test_a_batch_that_waits_for_an_import_of_the_loader_loses_no_time_for_setup(self) -> None:
        folder = package_folder(self, lazy="import time\ntime.sleep(0.6)\nVALUE = 1\n")
        source = "import time\ndef setup():\n    time.sleep(1.5)\n" + self.LAZY
        self.load(folder, source, loadTimeoutSeconds=2)

        self.assertEqual([final["value"] for final in self.finals(3)], [1] * 3)


if __name__ == "__main__":
    unittest.main()
