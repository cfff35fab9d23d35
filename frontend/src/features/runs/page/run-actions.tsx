import { Button, Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import { useCancelRun, useDeleteRun, useRetryRun } from '@/api/run-changes';
import type { Run } from '@/api/types';
import { ConfirmButton } from '@/components/feedback/confirm-button';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { recordsToRetry, retriedRecords } from '@/lib/problems/retry';
import { isFinal } from '@/lib/states';
import { DownloadButton } from '../download/download-button';
import { ResumeButton } from '../model-calls/budget/resume-button';
import { CopyResults } from './copy-results';
import { RunLabels } from './run-labels';

export function RunActions({ run }: { run: Run }) {
  const navigate = useNavigate();
  const cancel = useCancelRun(run.id);
  const retry = useRetryRun(run.id);
  const remove = useDeleteRun(run.id, () => navigate(paths.runs));
  const refused = cancel.error ?? retry.error ?? remove.error;

  const actions = useFocusAfter(cancel.isSuccess || retry.isSuccess, run.status);

  // Delete never takes the place of Cancel, where the pointer rests after a click.
  return (
    <Group gap={6} ref={actions} role="group" aria-label="Actions of the run" tabIndex={-1}>
      <RunLabels run={run} />
      <DownloadButton run={run} />
      <CopyResults id={run.id} />
      {isFinal(run.status) ? (
        <>
          <Button variant="default" component={Link} to={paths.compare(run.id)}>
            Compare
          </Button>
          <ConfirmButton
            question="Delete this run?"
            consequence="Its results and logs are deleted for good. The dataset is kept."
            verb="Delete the run"
            onConfirm={() => remove.mutate()}
          >
            Delete
          </ConfirmButton>
          <Button variant="default" component={Link} to={paths.newRun({ from: run.id })}>
            Run again
          </Button>
          {recordsToRetry(run) > 0 && (
            <ConfirmButton
              variant="filled"
              question="Retry failed and cancelled records?"
              consequence={`${retriedRecords(run.records)} will run again with the same pipeline. Other results do not change.`}
              verb={`Retry ${formatCount(recordsToRetry(run), 'record')}`}
              verbColor="blue"
              loading={retry.isPending}
              onConfirm={() => retry.mutate({})}
            >
              {run.records.failed > 0 ? 'Retry failed' : 'Retry cancelled'}
            </ConfirmButton>
          )}
        </>
      ) : (
        <>
          {run.status === 'PAUSED' && run.llm != null && <ResumeButton run={run} llm={run.llm} />}
          <Button color="red" variant="outline" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel
          </Button>
        </>
      )}
      {refused !== null && <ProblemAlert error={refused} />}
    </Group>
  );
}

/** Gives the focus to the actions when the one that had it is gone, because it has changed the state of the run. */
function useFocusAfter(hasChanged: boolean, status: Run['status']) {
  const actions = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the state may remove a button
  useEffect(() => {
    if (hasChanged && document.activeElement === document.body) {
      actions.current?.focus();
    }
  }, [hasChanged, status]);
  return actions;
}
