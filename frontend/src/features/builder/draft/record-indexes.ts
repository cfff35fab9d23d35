/** How many records the service takes for one trial. */
export const mostTriedRecords = 100;

/** `5, 17, 20-22` → the indexes meant, ascending, each once, at most a hundred. */
export function parseIndexes(text: string): number[] {
  const indexes = text.split(',').flatMap((part) => {
    const [from, to = from] = part.split('-').map((number) => Number.parseInt(number, 10));
    if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to) || to < from) {
      return [];
    }
    return Array.from({ length: Math.min(to - from + 1, mostTriedRecords) }, (_, at) => from + at);
  });
  return [...new Set(indexes)].sort((left, right) => left - right).slice(0, mostTriedRecords);
}
