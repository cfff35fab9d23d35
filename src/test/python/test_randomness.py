"""Random numbers: others in every batch, the same where a script has asked for the same."""

import unittest

from engine_service import EngineService, script

SOURCE = script("""
    import copy
    import random
    import secrets
    import uuid
    from random import Random, random as draw

    class Dice(random.Random):
        pass

    unseeded = random.Random()
    of_a_subclass = Dice()
    in_a_list = [Random(None) for _ in range(3)]
    seeded_again = random.Random(5)
    seeded_again.seed()
    seeded = random.Random(5)
    seeded_later = random.Random()
    seeded_later.seed(5)
    set_to_a_state = random.Random()
    set_to_a_state.setstate(seeded.getstate())

    def transform(record):
        return {
            'different': [
                unseeded.random(), of_a_subclass.random(), in_a_list[2].random(), seeded_again.random(), draw(),
                random.random(), random.sample(range(10**9), 3), random.SystemRandom().random(), secrets.token_hex(),
                str(uuid.uuid4()),
            ],
            'same': [seeded.random(), seeded_later.random(), set_to_a_state.random()],
        }
""")


class Randomness(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def two_batches(self, source: str, **settings) -> tuple[list, list]:
        self.engine.load(source, **settings)
        first, second = (self.engine.run([{}, {}]) for _ in range(2))
        self.assertEqual(first.statuses + second.statuses, ["SUCCEEDED"] * 4, first.results[0])
        return first.finals, second.finals

    def test_generators_made_while_importing_differ_in_every_batch_unless_they_are_seeded(self) -> None:
        first, second = self.two_batches(SOURCE)

        for one, other in zip(first[0]["different"], second[0]["different"], strict=True):
            self.assertNotEqual(one, other)
        self.assertEqual([final["same"] for final in first], [final["same"] for final in second])
        self.assertEqual(len(set(first[0]["same"])), 1)
        self.assertNotEqual(first[0]["same"], first[1]["same"])

    def test_functions_of_the_module_go_on_from_the_seed_that_a_script_gave_them(self) -> None:
        for seed in (
            "random.seed(7)",
            "from random import seed; seed(7)",
            "random.setstate(random.Random(7).getstate())",
        ):
            with self.subTest(seed=seed), EngineService() as self.engine:
                source = f"import random\n{seed}\ndef transform(record):\n    return {{'n': random.random()}}\n"
                first, second = self.two_batches(source)
                self.assertEqual(first, second)
                self.assertNotEqual(first[0], first[1])

    def test_a_seed_taken_back_is_no_seed(self) -> None:
        source = (
            "import random\nrandom.seed(7)\nrandom.seed()\ndef transform(record):\n    return {'n': random.random()}\n"
        )

        first, second = self.two_batches(source)

        self.assertNotEqual(first, second)

    def test_a_seed_in_setup_holds_for_every_batch(self) -> None:
        source = script("""
            import random
            dice = random.Random()
            def setup():
                random.seed(1)
                dice.seed(2)
            def transform(record):
                return {'n': [random.random(), dice.random()]}
        """)

        first, second = self.two_batches(source)

        self.assertEqual(first, second)


if __name__ == "__main__":
    unittest.main()
