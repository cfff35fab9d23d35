import { useQuery } from '@tanstack/react-query';
import { recordsQuery } from '@/api/runs';
import type { Run } from '@/api/types';
import { isFinal } from '@/lib/states';
import { fieldNames, lastValue } from '@/lib/values/record';

/** So many records tell which fields there are; more can be typed. */
const looksAt = 20;

/** The fields of the first records, those of the final values first. */
export function useFieldNames(run: Run): string[] {
  const query = useQuery(recordsQuery(run.id, { offset: 0, limit: looksAt }, isFinal(run.status)));
  const records = query.data?.items ?? [];
  return fieldNames([...records.map(lastValue), ...records.map(({ raw }) => raw)]);
}
