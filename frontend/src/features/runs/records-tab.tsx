import { Group, NumberInput, SegmentedControl, Stack } from '@mantine/core';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { RecordStatus, Run } from '@/api/types';
import { formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import { isFinal, stateLabel } from '@/lib/states';
import { RecordDrawer } from './record-drawer';
import { mostRows, RecordTable } from './record-table';
import { useRun } from './run-page';
import { useWindowSize } from './use-window-size';

const recordsPerWindow = 100;
const statuses: RecordStatus[] = ['SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED', 'PENDING'];

export function RecordsTab() {
  const run = useRun();
  const navigate = useNavigate();
  const parameters = useParams();
  const [search] = useSearchParams();
  const status = statuses.find((one) => one === search.get('status'));
  const filter = status === undefined ? {} : { status };
  const openIndex = parameters.index === undefined ? undefined : Number(parameters.index);
  const size = useWindowSize(run, recordsPerWindow);
  const firstRow =
    status === undefined && openIndex !== undefined && run.records.total > mostRows
      ? Math.floor(openIndex / mostRows) * mostRows
      : 0;

  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <div className="sideways">
          <SegmentedControl
            aria-label="State"
            value={status ?? 'all'}
            onChange={(value) => navigate(paths.runRecords(run.id, value === 'all' ? {} : { status: value }))}
            data={filterChoices(run)}
          />
        </div>
        <JumpToRecord
          total={run.records.total}
          onJump={(index) => navigate(paths.runRecord(run.id, index, filter))}
        />
      </Group>
      {size !== undefined && (
        <RecordTable
          key={`${status} ${firstRow}`}
          selection={{ runId: run.id, final: isFinal(run.status), windowSize: size, ...filter }}
          firstRow={firstRow}
          openIndex={openIndex}
          addressOf={(index) => paths.runRecord(run.id, index, filter)}
        />
      )}
      {openIndex !== undefined && Number.isInteger(openIndex) && (
        <RecordDrawer run={run} index={openIndex} status={status} />
      )}
    </Stack>
  );
}

function filterChoices(run: Run) {
  const counts: Record<RecordStatus, number> = {
    SUCCEEDED: run.records.succeeded,
    FAILED: run.records.failed,
    SKIPPED: run.records.skipped,
    CANCELLED: run.records.cancelled,
    PENDING: run.records.pending,
  };
  return [
    { value: 'all', label: `All ${formatNumber(run.records.total)}` },
    ...statuses
      .filter((status) => counts[status] > 0)
      .map((status) => ({ value: status, label: `${stateLabel(status)} ${formatNumber(counts[status])}` })),
  ];
}

function JumpToRecord({ total, onJump }: { total: number; onJump: (index: number) => void }) {
  return (
    <NumberInput
      aria-label="Go to record"
      placeholder="Go to record"
      w={140}
      min={0}
      max={total - 1}
      allowDecimal={false}
      hideControls
      onKeyDown={(event) => {
        const index = Number(event.currentTarget.value);
        if (event.key === 'Enter' && event.currentTarget.value !== '' && index < total) {
          onJump(index);
        }
      }}
    />
  );
}
