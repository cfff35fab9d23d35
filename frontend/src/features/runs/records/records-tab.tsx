import { NumberInput, Stack } from '@mantine/core';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { RowSkeleton } from '@/components/feedback/row-skeleton';
import { SectionBoundary } from '@/components/feedback/section-boundary';
import { useRun } from '../use-run';
import { useColumnSettings } from './columns/use-column-choice';
import { useRecordPaths } from './columns/use-record-paths';
import { isSearch, type RecordFilter, recordFilterOf } from './filter/record-filter';
import { RecordFilterBar } from './filter/record-filter-bar';
import { FoundRecords } from './table/found-records';
import { ListedRecords } from './table/listed-records';
import { useWindowSize } from './table/use-window-size';

const recordsPerWindow = 100;

export function RecordsTab() {
  const run = useRun();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const filter = recordFilterOf(search);
  const settings = useColumnSettings(run);
  const addresses = useRecordPaths(run.id);
  const index = indexOf(useParams().index);
  const windowSize = useWindowSize(run, recordsPerWindow);
  const shows = `${run.id} ${new URLSearchParams(filter)}`;

  return (
    <Stack gap="sm">
      <RecordFilterBar
        run={run}
        filter={filter}
        onFilter={(changed: RecordFilter, how) => navigate(addresses.table(changed), how)}
      >
        <JumpToRecord
          total={run.records.total}
          onJump={(target) => navigate(addresses.record(target, filter))}
        />
      </RecordFilterBar>
      <SectionBoundary name="The records">
        {windowSize === undefined && <RowSkeleton rows={12} />}
        {windowSize !== undefined &&
          (isSearch(filter) ? (
            <FoundRecords
              key={shows}
              run={run}
              filter={filter}
              windowSize={windowSize}
              index={index}
              settings={settings}
            />
          ) : (
            <ListedRecords
              key={shows}
              run={run}
              status={filter.status}
              windowSize={windowSize}
              index={index}
              settings={settings}
            />
          ))}
      </SectionBoundary>
    </Stack>
  );
}

function indexOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
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
