import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert';
import { RowSkeleton } from './row-skeleton';
import { SectionBoundary } from './section-boundary';

type QuerySectionProps<Data> = {
  name: string;
  query: { data: Data | undefined; error: Error | null; refetch: () => unknown };
  loading?: ReactNode;
  children: (data: Data) => ReactNode;
};

/**
 * A section with the data of a query: a skeleton at first, then the data or the error. Old data stays while new data
 * loads.
 */
export function QuerySection<Data>({ name, query, loading, children }: QuerySectionProps<Data>) {
  if (query.data !== undefined) {
    return <SectionBoundary name={name}>{children(query.data)}</SectionBoundary>;
  }
  if (query.error !== null) {
    return <ProblemAlert error={query.error} onRetry={() => query.refetch()} />;
  }
  return loading ?? <RowSkeleton />;
}
