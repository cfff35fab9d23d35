import { useQuery } from '@tanstack/react-query';
import { datasetQuery } from '@/api/datasets';
import type { Run } from '@/api/types';
import { windowSize } from '@/lib/window-size';

/** How many records of a run to request at once; undefined until the size of the dataset is known. */
export function useWindowSize(run: Run, most: number): number | undefined {
  // A deleted dataset has no size.
  const dataset = useQuery({ ...datasetQuery(run.dataset.id), retry: false });
  if (dataset.isPending) {
    return undefined;
  }
  return dataset.data === undefined ? most : windowSize(most, dataset.data);
}
