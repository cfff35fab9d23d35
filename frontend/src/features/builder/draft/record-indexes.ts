/** How many records the service takes for one trial. */
export const maxTrialRecords = 100;

/** `5, 17, 20-22` → the indexes meant, ascending, each once, at most a hundred; undefined where a part is no index. */
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
