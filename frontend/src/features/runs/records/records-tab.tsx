import { NumberInput, Stack } from '@mantine/core';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { RowSkeleton } from '@/components/feedback/row-skeleton';
import { SectionBoundary } from '@/components/feedback/section-boundary';
import { useRun } from '../use-run';
import { recordSortOf, sortAfterClick } from './columns/record-sort';
import { useColumnSettings } from './columns/use-column-choice';
import { useRecordPaths } from './columns/use-record-paths';
import { isSearch, type RecordFilter, recordFilterOf } from './filter/record-filter';
import { RecordFilterBar } from './filter/record-filter-bar';
import { FoundRecords } from './table/found-records';
import { ListedRecords } from './table/listed-records';
import { SortedRecords } from './table/sorted-records';
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
  const sort = recordSortOf(search);
  const shows = `${run.id} ${new URLSearchParams(filter)}`;
  const onSort = (by: string) =>
    navigate(addresses.sorted(filter, sortAfterClick(sort, by)), { preventScrollReset: true });
  const shared = { run, index, settings, onSort };

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
        {windowSize !== undefined && sort !== undefined && (
          <SortedRecords
            key={`${shows} ${sort.by} ${sort.isDescending}`}
            filter={filter}
            sort={sort}
            windowSize={windowSize}
            {...shared}
          />
        )}
        {windowSize !== undefined && sort === undefined && isSearch(filter) && (
          <FoundRecords key={shows} filter={filter} windowSize={windowSize} {...shared} />
        )}
        {windowSize !== undefined && sort === undefined && !isSearch(filter) && (
          <ListedRecords key={shows} status={filter.status} windowSize={windowSize} {...shared} />
        )}
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
