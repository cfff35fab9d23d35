import { useOutletContext } from 'react-router';
import type { Run } from '@/api/types';

/** The run of the page, for its tabs. */
export function useRun(): Run {
  return useOutletContext<Run>();
}
