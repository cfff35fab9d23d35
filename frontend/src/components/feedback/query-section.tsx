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

/** A section that reads from the service: its own skeleton, its own error, the old data while new data loads. */
export function QuerySection<Data>({ name, query, loading, children }: QuerySectionProps<Data>) {
  if (query.data !== undefined) {
    return <SectionBoundary name={name}>{children(query.data)}</SectionBoundary>;
  }
  if (query.error !== null) {
    return <ProblemAlert error={query.error} onRetry={() => query.refetch()} />;
  }
  return loading ?? <RowSkeleton />;
}
