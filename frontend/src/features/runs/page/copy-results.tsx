import { CopyMenu } from '@/components/code/copy-menu';
import { curlOf, pythonResultsOf } from '@/lib/program-text';

/** Copies requests for the state and the results of a run. */
export function CopyResults({ id }: { id: string }) {
  const run = `${window.location.origin}/api/v1/runs/${id}`;
  return (
    <CopyMenu
      texts={[
        { label: 'Results with curl', text: () => curlOf('GET', `${run}/results?format=json&view=final`) },
        { label: 'Results in Python', text: () => pythonResultsOf(`${run}/results?format=json&view=final`) },
        { label: 'State and counts with curl', text: () => curlOf('GET', run) },
        {
          label: 'Failed records with curl',
          text: () => curlOf('GET', `${run}/records?status=FAILED&limit=1000`),
        },
      ]}
    />
  );
}
