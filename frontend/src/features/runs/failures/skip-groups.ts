import type { SkipGroup } from '@/api/types';

type Page = { items: SkipGroup[]; total: number };

const maxExamples = 10;

/** The groups of several parts of a run together, the largest first. */
export function merged(pages: Page[]): Page {
  const groups = new Map<string, SkipGroup>();
  for (const group of pages.flatMap((page) => page.items)) {
    const known = groups.get(group.id);
    groups.set(group.id, known === undefined ? group : together(known, group));
  }
  return {
    items: [...groups.values()].sort((one, other) => other.count - one.count),
    total: pages.reduce((sum, page) => sum + page.total, 0),
  };
}

function together(first: SkipGroup, next: SkipGroup): SkipGroup {
  return {
    ...first,
    count: first.count + next.count,
    examples: [...first.examples, ...next.examples].slice(0, maxExamples),
    spread: first.spread.map((count, part) => count + (next.spread[part] ?? 0)),
  };
}
