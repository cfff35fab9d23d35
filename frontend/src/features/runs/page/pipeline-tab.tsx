import { useSearchParams } from 'react-router';
import { StepList } from '@/components/code/step-list';
import { useRun } from '../use-run';
import { PipelineOrigin } from './pipeline-origin';

/** The pipeline as it was when the run was submitted or last retried. */
export function PipelineTab() {
  const run = useRun();
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
