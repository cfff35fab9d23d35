import type { ModelOptions } from '@/api/types';
import { CopyMenu } from '@/components/code/copy-menu';
import { curlOf, pythonRunOf } from '@/lib/program-text';
import { type Draft, runRequestOf } from '../draft/draft';

/** Copies the request that starts the run of the draft. */
export function CopyRun({ draft, llm }: { draft: Draft; llm: ModelOptions | undefined }) {
  const service = window.location.origin;
  return (
    <CopyMenu
      texts={[
        {
          label: 'This run with curl',
          text: () =>
            curlOf('POST', `${service}/api/v1/runs`, JSON.stringify(runRequestOf(draft, llm), null, 2)),
        },
        {
          label: 'This run and its results in Python',
          text: () => pythonRunOf(service, JSON.stringify(runRequestOf(draft, llm))),
        },
      ]}
    />
  );
}
