"""What Python makes of awkward records, to hold the service against.

usage: python_agreement.py records                    writes records, one a line of JSON
       python_agreement.py compare SENT RETURNED      two files of lines: the records, and the states a run gave back
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

SEED = 1954
RANDOM_RECORDS = 2_000
STAGE = "main_one"
TEXTS = ["\\ud800", "\\udc00\\ud800", "\\ud83d\\ude00", "\\u0000", "\\u001f", '\\"', "\\\\", "\\/", "\\b\\f\\n\\r\\t", "\\u2028",
         "\\uFFFE", "é", "😀", "\u2028", "\x7f", "\ufeff", "\\\\u0041", "a" * 300]  # fmt: skip
NUMBERS = ["0", "-0", "-0.0", "1.10", "1e-400", "-1e-400", "5e-324", "2.4703282292062328e-324", "1E+2", "1e22", "1.0E0", "1e308",
           "1.7976931348623157e308", "1.7976931348623159e308", "1e400", "-1E400", "0.1", "123456789012345678", "9007199254740993",
           "9223372036854775808", "0." + "3" * 400, "9" * 40, "9" * 308 + ".5", "1" * 309, "-" + "9" * 4300, "9" * 4301,
           "1" + "0" * 400 + "e-400", "0e999999999999", "0.00e-400", "1e-999999999999", "9" * 5000 + ".0"]  # fmt: skip
WORDS = ["true", "false", "null", "[]", "{}", '""', "[[], {}]"]


def records() -> Iterator[str]:
    for text in TEXTS:
        yield f'{{"{text}":"{text}"}}'
    for number in NUMBERS:
        yield f'{{"a":{number}}}'
    yield '{"a":' * 499 + "{}" + "}" * 499
    yield '{"a":' + "[" * 499 + "]" * 499 + "}"
    yield f'{{"{"k" * 60_000}":1}}'
    yield "{" + ",".join(f'"{n}":{n}' for n in range(10_000)) + "}"
    yield '{"":{"":{"":""}}}'
    yield '{ "a" :\t[ 1 , 2 ] }'
    chance = random.Random(SEED)
    for _ in range(RANDOM_RECORDS):
        yield an_object(chance, 0)


def an_object(chance: random.Random, depth: int) -> str:
    # The number keeps names apart, whatever else they are made of.
    pairs = (f'"{a_text(chance)}{n}":{a_value(chance, depth + 1)}' for n in range(chance.randrange(5)))
    return "{" + ",".join(pairs) + "}"


def a_value(chance: random.Random, depth: int) -> str:
    kind = chance.randrange(6 if depth < 6 else 4)
    if kind == 4:
        return an_object(chance, depth)
    if kind == 5:
        return "[" + ",".join(a_value(chance, depth + 1) for _ in range(chance.randrange(4))) + "]"
    if kind == 3:
        return chance.choice(["-", ""]) + str(chance.randrange(10 ** chance.randrange(1, 30))) + a_tail(chance)
    return [chance.choice(WORDS), f'"{a_text(chance)}"', chance.choice(NUMBERS)][kind]


def a_tail(chance: random.Random) -> str:
    return chance.choice(["", f".{chance.randrange(10**6)}", f"e{chance.randrange(-330, 320)}", f".5E+{chance.randrange(300)}"])


def a_text(chance: random.Random) -> str:
    return "".join(chance.choice(TEXTS) for _ in range(chance.randrange(4)))


def expected_failure(record: str) -> str | None:
    """The type of error that a record must end with of which Python loses a whole number."""

    def in_range(text: str) -> float:
        value = float(text)
        is_zero = not text.lower().partition("e")[0].strip("-0.")
        if value in (float("inf"), float("-inf")) or (value == 0.0 and not is_zero):
            raise OverflowError(text)
        return value

    try:
        json.loads(record, parse_float=in_range)
    except OverflowError:
        return "NUMBER_OUT_OF_RANGE"
    except ValueError:
        return "NUMBER_TOO_LONG"
    return None


def difference(record: str, state: str) -> str | None:
    """What is wrong with the state that came of the record, which passed through unchanged; None where all is well."""
    start = f'{{"raw":{record},'
    if not state.startswith(start):
        return "the raw record is not the one that was sent"
    rest = json.loads("{" + state[len(start) :])
    failure = expected_failure(record)
    if failure is not None:
        return None if rest.get("error", {}).get("type") == failure else f"expected {failure}"
    # Unlike ==, repr tells -0.0 from 0 and 1 from 1.0 and true.
    same = repr(rest.get(STAGE)) == repr(json.loads(record))
    return None if same else "the value is not what Python reads"


def compare(sent: list[str], returned: list[str]) -> None:
    if len(sent) != len(returned):
        sys.exit(f"{len(sent)} records were sent and {len(returned)} came back")
    failures = sum(expected_failure(record) is not None for record in sent)
    for record, state in zip(sent, returned):
        wrong = difference(record, state)
        if wrong is not None:
            sys.exit(f"{wrong}:\n{record[:300]}\n{state[:600]}")
    print(failures)


def lines_of(path: str) -> list[str]:
    # Not splitlines(), for which more than the line feed ends a line.
    return Path(path).read_bytes().decode().removesuffix("\n").split("\n")


if __name__ == "__main__":
    if sys.argv[1] == "records":
        sys.stdout.buffer.write("".join(f"{record}\n" for record in records()).encode())
    else:
        compare(lines_of(sys.argv[2]), lines_of(sys.argv[3]))
