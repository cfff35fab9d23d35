import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { callSumsQuery } from '@/api/model-calls';
import { EmptyState } from '@/components/feedback/empty-state';
import { QuerySection } from '@/components/feedback/query-section';
import { isActive } from '@/lib/states';
import { useRun } from '../use-run';
import { AllCalls } from './calls/all-calls';
import { NotableCalls } from './calls/notable-calls';
import { StageSums } from './stage-sums';

/** The model calls of a run: by stage and model, those that stand out, and all of them. */
export function ModelCallsTab() {
  const run = useRun();
  const query = useQuery(callSumsQuery(run.id, isActive(run.status)));
  return (
    <QuerySection name="The model calls" query={query}>
      {({ stages, slowest, dearest, failed }) =>
        stages.length === 0 ? (
          <EmptyState title={isActive(run.status) ? 'No model calls so far' : 'No model calls'}>
            Its scripts may call {run.llm?.upstream ?? 'a model'}, but have not done so.
          </EmptyState>
        ) : (
          <Stack gap="lg">
            <StageSums stages={stages} />
            <NotableCalls run={run} slowest={slowest} dearest={dearest} failed={failed} />
            <AllCalls run={run} />
          </Stack>
        )
      }
    </QuerySection>
  );
}
