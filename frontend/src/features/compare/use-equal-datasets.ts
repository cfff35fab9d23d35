import { useInfiniteQuery } from '@tanstack/react-query';
import { datasetsQuery } from '@/api/datasets';

/** The ids of a dataset and of the newest other uploads of the same file that were read in the same way. */
export function useEqualDatasets(id: string): Set<string> {
  const { data: datasets = [] } = useInfiniteQuery(datasetsQuery());
  const own = datasets.find((dataset) => dataset.id === id);
  const equal = datasets.filter(
    (dataset) =>
      dataset.sha256 === own?.sha256 &&
      dataset.separator === own.separator &&
      dataset.recordsPath === own.recordsPath,
  );
  return new Set([id, ...equal.map((dataset) => dataset.id)]);
}
