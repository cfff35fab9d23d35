import { useQuery } from '@tanstack/react-query';
import { datasetQuery } from '@/api/datasets';
import type { Run } from '@/api/types';
import { windowSize } from '@/lib/window-size';

/** How many records of a run to ask for at once; undefined until the dataset has said how large they are. */
export function useWindowSize(run: Run, most: number): number | undefined {
  // A dataset that was deleted does not say it any more.
  const dataset = useQuery({ ...datasetQuery(run.dataset.id), retry: false });
  if (dataset.isPending) {
    return undefined;
  }
  return dataset.data === undefined ? most : windowSize(most, dataset.data);
}
