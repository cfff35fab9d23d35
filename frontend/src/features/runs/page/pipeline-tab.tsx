import { useSearchParams } from 'react-router';
import { StepList } from '@/components/code/step-list';
import { useRun } from '../use-run';

/** The pipeline as it was when the run was submitted. */
export function PipelineTab() {
  const run = useRun();
  const [search] = useSearchParams();
  const line = Number(search.get('line'));
  return (
    <StepList
      steps={run.pipeline.steps}
      highlighted={
        search.get('script') === null
          ? undefined
          : { place: search.get('script') ?? '', line: line || undefined }
      }
    />
  );
}
