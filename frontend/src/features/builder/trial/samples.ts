import type { RunRecord } from '@/api/types';
import { isJsonObject, type JsonObject, parseExact, sameJson, stringifyExact } from '@/lib/values/exact-json';
import { lastValue } from '@/lib/values/record';

/** A record that is kept to try the scripts on, as JSON text, so that no digit of it is lost. */
export type Sample = {
  record: string;
  /** What the scripts should make of it, as JSON text; undefined where nothing is expected. */
  expected?: string;
};

/** As many as one trial runs. */
export const maxSamples = 50;

export function sampleOf(record: JsonObject): Sample {
  return { record: stringifyExact(record, 2) };
}

/** The samples with another one at their end, unless they have it already or are as many as there may be. */
export function withSample(samples: Sample[], added: Sample): Sample[] {
  const isThere = samples.some(({ record }) => sameText(record, added.record));
  return isThere || samples.length >= maxSamples ? samples : [...samples, added];
}

/** Why a text is no record; undefined when it is one. */
export function recordProblem(text: string): string | undefined {
  try {
    return isJsonObject(parseExact(text)) ? undefined : 'A record is an object, such as {"id": 1}.';
  } catch (error) {
    return `Not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The records of the samples, which must be valid. */
export function recordsOf(samples: Sample[]): JsonObject[] {
  return samples.map(({ record }) => parseExact(record) as JsonObject);
}

export type Verdict = 'as expected' | 'different';

/** Whether the scripts made of a sample what is expected of it; undefined where nothing is. */
export function verdictOf(sample: Sample | undefined, record: RunRecord): Verdict | undefined {
  if (sample?.expected === undefined) {
    return undefined;
  }
  const expected = parseExact(sample.expected);
  return record.status === 'SUCCEEDED' && sameJson(lastValue(record), expected) ? 'as expected' : 'different';
}

/** Counts the samples of which something is expected. */
export function verdictsOf(samples: Sample[], records: RunRecord[]): { expected: number; met: number } {
  const verdicts = records.map((record, at) => verdictOf(samples[at], record)).filter(Boolean);
  return { expected: verdicts.length, met: verdicts.filter((verdict) => verdict === 'as expected').length };
}

function sameText(left: string, right: string): boolean {
  try {
    return sameJson(parseExact(left), parseExact(right));
  } catch {
    return left === right;
  }
}
