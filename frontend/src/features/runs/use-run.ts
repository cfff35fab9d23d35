import { useOutletContext } from 'react-router';
import type { Run } from '@/api/types';

/** The run that the page of a run gives to its tabs. */
export function useRun(): Run {
  return useOutletContext<Run>();
}
