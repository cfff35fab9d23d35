import type { Environment } from '@/api/types';
import { formatCount } from '@/lib/format';

/** What the packages were asked for with: `pandas>=2, httpx`. */
export function declaredText({ declared }: Pick<Environment, 'declared'>): string {
  return [...new Set(declared.map(({ requirement }) => requirement))].join(', ');
}

/** `capitals, orders and 7 runs`; `Nothing` when it can be removed without a loss. */
export function usersText({ pipelines, runs }: Environment['usedBy']): string {
  const names = [...new Set(pipelines.map(({ name }) => name))];
  const users = [...names, ...(runs === 0 ? [] : [formatCount(runs, 'run')])];
  return users.length < 2 ? (users[0] ?? 'Nothing') : `${users.slice(0, -1).join(', ')} and ${users.at(-1)}`;
}
