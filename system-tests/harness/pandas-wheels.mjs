// The wheels of pandas and what it needs, which bin/test and bench/run fetch.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { WheelFile } from './wheel.mjs';

export function pandasWheels() {
  const folder = env.PANDAS_WHEELS;
  try {
    return readdirSync(folder).map((name) => new WheelFile(join(folder, name)));
  } catch (missing) {
    throw new Error(
      `There are no wheels of pandas in PANDAS_WHEELS (${folder}): bin/test fetches them from an index or makes them of Debian's packages; target/logs/pandas-wheels.log says what went wrong.`,
      { cause: missing },
    );
  }
}
