"""The script contract: what a script may do, and what becomes of each record."""

import unittest

from engine_service import EngineService, script

THREE_STAGES = {
    "steps": [
        {
            "name": "check",
            "stages": [
                {
                    "stage": "pre",
                    "script": "pre.py",
                    "source": script("""
                        def transform(record):
                            record['seen'] = ['pre']
                            return record
                    """),
                },
                {
                    "stage": "main",
                    "script": "main.py",
                    "source": script("""
                        def transform(record):
                            record['seen'].append('main')
                            if record['n'] == 3:
                                raise KeyError('three')
                            return record
                    """),
                },
                {
                    "stage": "post",
                    "script": "post.py",
                    "source": script("""
                        def transform(record):
                            record['seen'].append('post')
                            return {'n': record['n'], 'seen': record['seen']}
                    """),
                },
            ],
        }
    ]
}


class ScriptContract(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def run_one(self, source: str, record: dict | bytes | None = None, **settings):
        self.engine.load(source, **settings)
        return self.engine.run([{"n": 1} if record is None else record]).results[0]

    def test_values_of_every_stage_are_kept_as_they_were_at_that_moment(self) -> None:
        self.engine.load_pipeline(THREE_STAGES)

        outcome = self.engine.run([{"n": 1}, {"n": 2}])

        self.assertEqual(
            outcome.results[1].values,
            [{"n": 2, "seen": ["pre"]}, {"n": 2, "seen": ["pre", "main"]}, {"n": 2, "seen": ["pre", "main", "post"]}],
        )

    def test_a_failed_record_keeps_the_stages_before_and_stops(self) -> None:
        self.engine.load_pipeline(THREE_STAGES)

        outcome = self.engine.run([{"n": n} for n in range(5)])

        self.assertEqual(outcome.statuses, ["SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "FAILED", "SUCCEEDED"])
        failed = outcome.results[3]
        self.assertEqual(failed.values, [{"n": 3, "seen": ["pre"]}])
        self.assertEqual(failed.error["step"], "check")
        self.assertEqual(failed.error["stage"], "main")
        self.assertEqual(failed.error["type"], "KeyError")
        self.assertEqual(failed.error["message"], "'three'")
        self.assertEqual(failed.error["script"], "main.py")
        self.assertEqual(failed.error["line"], 4)

    def test_trace_final_sends_only_the_last_value_reached(self) -> None:
        self.engine.load_pipeline(THREE_STAGES | {"trace": "final"})

        outcome = self.engine.run([{"n": n} for n in range(4)])

        self.assertEqual(
            [result.values for result in outcome.results[:1]], [[{"n": 0, "seen": ["pre", "main", "post"]}]]
        )
        self.assertEqual((outcome.results[3].values, outcome.results[3].ordinals), ([{"n": 3, "seen": ["pre"]}], [0]))

    def test_trace_final_of_a_record_that_passed_no_stage_has_no_value(self) -> None:
        result = self.run_one("def transform(record):\n    raise ValueError('no')\n", trace="final")

        self.assertEqual((result.status, result.values), ("FAILED", []))

    def test_skip_record_drops_the_record_with_its_reason(self) -> None:
        self.engine.load(
            script("""
            def transform(record):
                if record['n'] % 2:
                    raise SkipRecord('odd')
                return record
        """)
        )

        outcome = self.engine.run([{"n": n} for n in range(3)])

        self.assertEqual(outcome.statuses, ["SUCCEEDED", "SKIPPED", "SUCCEEDED"])
        self.assertEqual(outcome.results[1].detail, "odd")

    def test_skip_record_needs_no_reason(self) -> None:
        self.assertEqual(self.run_one("def transform(record):\n    raise SkipRecord\n").detail, "")

    def test_scripts_with_the_same_names_do_not_share_anything(self) -> None:
        source = script("""
            count = 0
            def transform(record):
                global count
                count += 1
                record.setdefault('counts', []).append(count)
                return record
        """)
        stage = {"script": "main.py", "source": source, "stage": "main"}
        self.engine.load_pipeline({"steps": [{"name": "a", "stages": [stage]}, {"name": "b", "stages": [stage]}]})

        self.assertEqual(self.engine.run([{}, {}]).finals, [{"counts": [1, 1]}, {"counts": [2, 2]}])

    def test_every_batch_starts_from_the_state_after_import(self) -> None:
        self.engine.load(
            script("""
            seen = []
            def transform(record):
                seen.append(record['n'])
                return {'seen': seen}
        """)
        )

        first = self.engine.run([{"n": 1}, {"n": 2}])
        second = self.engine.run([{"n": 3}])

        self.assertEqual(first.finals, [{"seen": [1]}, {"seen": [1, 2]}])
        self.assertEqual(second.finals, [{"seen": [3]}])

    def test_setup_runs_once_in_each_process(self) -> None:
        self.engine.load(
            script("""
            runs = []
            def setup():
                runs.append(1)
            def transform(record):
                return {'runs': len(runs)}
        """)
        )

        self.assertEqual(self.engine.run([{}, {}]).finals, [{"runs": 1}] * 2)
        self.assertEqual(self.engine.run([{}]).finals, [{"runs": 1}])

    def test_scripts_can_use_pickle_dataclasses_and_multiprocessing(self) -> None:
        result = self.run_one(
            script("""
            import multiprocessing
            import pickle
            from dataclasses import asdict, dataclass

            @dataclass
            class Point:
                x: int

            def square(number):
                return number * number

            def transform(record):
                point = pickle.loads(pickle.dumps(Point(3)))
                with multiprocessing.Pool(2) as pool:
                    return {'point': asdict(point), 'squares': pool.map(square, [1, 2, 3])}
        """)
        )

        self.assertEqual(result.final, {"point": {"x": 3}, "squares": [1, 4, 9]})

    def test_durations_are_those_of_the_stage(self) -> None:
        self.engine.load(
            script("""
                import time
                def transform(record):
                    time.sleep(0.03)
                    return record
            """),
            "def transform(record):\n    return record\n",
        )

        slow, quick = self.engine.run([{}]).results[0].microseconds

        self.assertGreaterEqual(slow, 30_000)
        self.assertLess(slow, 2_000_000)
        self.assertLess(quick, 30_000)

    def test_fifty_steps_with_three_scripts_each(self) -> None:
        source = "def transform(record):\n    record['n'] += 1\n    return record\n"
        stages = [{"stage": stage, "script": f"{stage}.py", "source": source} for stage in ("pre", "main", "post")]
        self.engine.load_pipeline({"steps": [{"name": f"s{n}", "stages": stages} for n in range(50)]})

        outcome = self.engine.run([{"n": 0}, {"n": 1000}])

        self.assertEqual([value["n"] for value in outcome.results[1].values], list(range(1001, 1151)))


if __name__ == "__main__":
    unittest.main()
