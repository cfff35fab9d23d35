import { Stack } from '@mantine/core';
import { useSearchParams } from 'react-router';
import type { Run } from '@/api/types';
import { StepList } from '@/components/code/step-list';
import { AttemptScripts } from '../attempts/attempt-scripts';
import { RunAttempts } from '../attempts/run-attempts';
import { useRun } from '../use-run';
import { PipelineOrigin } from './pipeline-origin';

/** The pipeline as it was when the run was submitted or last retried; of a run that was retried, that of every attempt. */
export function PipelineTab() {
  const run = useRun();
  const [search] = useSearchParams();
  const newest = run.retries + 1;
  const asked = Number(search.get('attempt'));
  const shown = Number.isInteger(asked) && asked > 0 && asked < newest ? asked : newest;
  const scripts =
    shown === newest ? <NewestScripts run={run} /> : <AttemptScripts run={run} number={shown} />;
  if (run.retries === 0) {
    return scripts;
  }
  return (
    <Stack gap="lg">
      <RunAttempts run={run} shown={shown} />
      <div>{scripts}</div>
    </Stack>
  );
}

function NewestScripts({ run }: { run: Run }) {
  const [search] = useSearchParams();
  const line = Number(search.get('line'));
  return (
    <>
      <PipelineOrigin run={run} />
      <StepList
        steps={run.pipeline.steps}
        highlighted={
          search.get('script') === null
            ? undefined
            : { place: search.get('script') ?? '', line: line || undefined }
        }
      />
    </>
  );
}
