import { Button, Group, Menu } from '@mantine/core';
import { Link, useNavigate } from 'react-router';
import { useCancelRun, useDeleteRun, useRetryRun } from '@/api/run-changes';
import { resultsAddress } from '@/api/runs';
import type { Run } from '@/api/types';
import { ConfirmButton } from '@/components/confirm-button';
import { Icon } from '@/components/icon';
import { ProblemAlert } from '@/components/problem-alert';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { recordsToRetry, retriedRecords } from '@/lib/retry';
import { isFinal } from '@/lib/states';

export function RunActions({ run }: { run: Run }) {
  const navigate = useNavigate();
  const cancel = useCancelRun(run.id);
  const retry = useRetryRun(run.id);
  const remove = useDeleteRun(run.id, () => navigate(paths.runs));
  const refused = cancel.error ?? retry.error ?? remove.error;

  return (
    <Group gap={6}>
      <DownloadMenu id={run.id} />
      {isFinal(run.status) ? (
        <>
          {recordsToRetry(run) > 0 && (
            <ConfirmButton
              question="Retry what did not succeed?"
              consequence={`${retriedRecords(run.records)} run again with the pipeline of this run. The other results stay as they are.`}
              verb={`Retry ${formatCount(recordsToRetry(run), 'record')}`}
              refusal="Not now"
              verbColor="blue"
              loading={retry.isPending}
              onConfirm={() => retry.mutate({})}
            >
              {run.records.failed > 0 ? 'Retry failed' : 'Retry cancelled'}
            </ConfirmButton>
          )}
          <Button variant="default" component={Link} to={paths.newRun({ from: run.id })}>
            Run again
          </Button>
          <Button variant="default" component={Link} to={paths.compare(run.id)}>
            Compare
          </Button>
          <ConfirmButton
            question="Delete this run?"
            consequence="Its results and logs go with it. The dataset stays."
            verb="Delete the run"
            onConfirm={() => remove.mutate()}
          >
            Delete
          </ConfirmButton>
        </>
      ) : (
        <Button color="red" variant="outline" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </Button>
      )}
      {refused !== null && <ProblemAlert error={refused} />}
    </Group>
  );
}

const downloads = [
  { view: 'final', format: 'json', label: 'Final values, JSON' },
  { view: 'final', format: 'ndjson', label: 'Final values, NDJSON' },
  { view: 'final', format: 'csv', label: 'Final values, CSV' },
  { view: 'states', format: 'json', label: 'Every stage, JSON' },
  { view: 'states', format: 'ndjson', label: 'Every stage, NDJSON' },
  { view: 'states', format: 'csv', label: 'Every stage, CSV' },
] as const;

function DownloadMenu({ id }: { id: string }) {
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="chevron" size={12} />}>
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {downloads.map(({ view, format, label }) => (
          <Menu.Item
            key={label}
            component="a"
            href={resultsAddress(id, format, view)}
            download={`${id}-${view}.${format}`}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
