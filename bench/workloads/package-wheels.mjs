// Small packages for the benchmark. Each call makes new ones, so that nothing of them is known to the service.
import { Wheel } from '../../system-tests/harness/wheel.mjs';

const PACKAGES = 8;
const MODULES = 40;
// Together 12 MB unpacked and 3 MB as wheels.
const FUNCTIONS_OF_A_MODULE = 1_000;
const SEED = 2_463_534_242;

// Eight wheels, of which the first requires all others; name is a part of theirs.
export function eightWheels(name) {
  const others = Array.from({ length: PACKAGES - 1 }, (_, number) =>
    filled(new Wheel(`${name}_${number + 1}`)),
  );
  const first = new Wheel(`${name}_0`, '1.0', { requires: others.map(({ project }) => project) });
  return [filled(first), ...others];
}

// A wheel with one small module.
export function smallWheel(name) {
  return new Wheel(name).with(`${name}.py`, 'x = 1\n');
}

function filled(wheel) {
  const numbers = pseudoRandom();
  wheel.with(`${wheel.name}/__init__.py`, '');
  for (let module = 0; module < MODULES; module++) {
    wheel.with(`${wheel.name}/part_${module}.py`, sourceOf(numbers));
  }
  return wheel;
}

function sourceOf(numbers) {
  const functions = Array.from({ length: FUNCTIONS_OF_A_MODULE }, (_, number) => {
    const value = numbers.next().value;
    return `def f${number}(x):\n    return x + ${value}\n\n`;
  });
  return functions.join('');
}

// The same numbers at every time (xorshift).
function* pseudoRandom() {
  for (let state = SEED; ; ) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    yield state;
  }
}
