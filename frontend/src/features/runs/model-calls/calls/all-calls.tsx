import { Button, Group, NativeSelect, NumberInput, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { type CallFilter, callsQuery } from '@/api/model-calls';
import type { Run } from '@/api/types';
import { QuerySection } from '@/components/feedback/query-section';
import { paths } from '@/lib/paths';
import { isActive } from '@/lib/states';
import { callStates, isCallStatus } from './call-states';
import { CallTable } from './call-table';

const callsPerPage = 50;

/** All calls of a run, newest first, filtered by record and status. The filter is in the address. */
export function AllCalls({ run }: { run: Run }) {
  const [search] = useSearchParams();
  const filter = callFilterOf(search);
  const query = useInfiniteQuery(callsQuery(run.id, filter, callsPerPage, isActive(run.status)));
  return (
    <section aria-labelledby="all-calls-heading">
      <Group justify="space-between" align="flex-end" mb={6} gap="xs">
        <Title order={2} fz="md" id="all-calls-heading">
          All calls
        </Title>
        <CallFilterForm run={run} filter={filter} />
      </Group>
      <QuerySection name="The list of calls" query={query}>
        {({ pages }) => {
          const calls = pages.flatMap((page) => page.calls);
          return calls.length === 0 ? (
            <Text size="sm" className="quiet">
              No calls match this filter.
            </Text>
          ) : (
            <CallTable run={run} calls={calls} />
          );
        }}
      </QuerySection>
      {query.hasNextPage && (
        <Group justify="center" mt="sm">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Older calls
          </Button>
        </Group>
      )}
    </section>
  );
}

/** The filter in the address; what makes no sense filters nothing. */
export function callFilterOf(search: URLSearchParams): CallFilter {
  const record = search.get('record') ?? '';
  const status = search.get('status');
  return {
    ...(/^\d{1,15}$/.test(record) ? { record: Number(record) } : {}),
    ...(isCallStatus(status) ? { status } : {}),
  };
}

function CallFilterForm({ run, filter }: { run: Run; filter: CallFilter }) {
  const navigate = useNavigate();
  const change = (changed: CallFilter) =>
    navigate(paths.runModelCalls(run.id, changed), { replace: true, preventScrollReset: true });
  const { record: _record, ...withoutRecord } = filter;
  const { status: _status, ...withoutStatus } = filter;
  return (
    <Group gap="xs">
      <NumberInput
        aria-label="Calls of record"
        placeholder="Record"
        w={110}
        min={0}
        max={run.records.total - 1}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        value={filter.record ?? ''}
        onChange={(record) => change(record === '' ? withoutRecord : { ...filter, record: Number(record) })}
      />
      <NativeSelect
        aria-label="Status of calls"
        value={filter.status ?? ''}
        onChange={(event) => {
          const status = event.currentTarget.value;
          change(isCallStatus(status) ? { ...filter, status } : withoutStatus);
        }}
        data={[
          { value: '', label: 'Any status' },
          ...Object.entries(callStates).map(([value, { label }]) => ({ value, label })),
        ]}
      />
      {(filter.record !== undefined || filter.status !== undefined) && (
        <Button variant="subtle" onClick={() => change({})}>
          Clear
        </Button>
      )}
    </Group>
  );
}
