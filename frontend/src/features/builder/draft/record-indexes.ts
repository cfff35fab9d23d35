/** The maximum number of records that the service accepts for a trial. */
export const maxTrialRecords = 100;

/** Parses `5, 17, 20-22`. Returns at most a hundred distinct indexes in ascending order; undefined for invalid text. */
export function parseIndexes(text: string): number[] | undefined {
  const parts = text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(parsePart);
  if (parts.some((part) => part === undefined)) {
    return undefined;
  }
  const indexes = new Set(parts.flatMap((part) => part ?? []));
  return [...indexes].sort((left, right) => left - right).slice(0, maxTrialRecords);
}

function parsePart(part: string): number[] | undefined {
  const [, first, last = first] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(part) ?? [];
  const from = Number(first);
  const length = Number(last) - from + 1;
  return first === undefined || length < 1
    ? undefined
    : Array.from({ length: Math.min(length, maxTrialRecords) }, (_, at) => from + at);
}
