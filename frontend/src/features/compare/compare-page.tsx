import { Anchor, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { runPagesQuery, runQuery } from '@/api/runs';
import type { Run, RunSummary } from '@/api/types';
import { EmptyState } from '@/components/feedback/empty-state';
import { QuerySection } from '@/components/feedback/query-section';
import { PageHeading } from '@/components/page-heading';
import { formatTimestamp, shortId } from '@/lib/format';
import { paths } from '@/lib/paths';
import { isFinal, stateLabel } from '@/lib/states';
import { ComparedPackages } from './compared-packages';
import { ComparedRecords } from './compared-records';
import { ComparedScripts } from './compared-scripts';
import { useEqualDatasets } from './use-equal-datasets';

const runsPerRequest = 200;

/** Compares two runs of the same dataset. */
export function ComparePage() {
  const [search] = useSearchParams();
  const a = search.get('a');
  const b = search.get('b');
  return (
    <>
      <PageHeading title="Compare two runs" />
      {a === null ? (
        <EmptyState title="Choose a run to compare">
          <Anchor component={Link} to={paths.runs}>
            Open a run, then choose Compare
          </Anchor>
        </EmptyState>
      ) : (
        <Stack gap="sm">
          <FirstRun a={a} b={b} />
        </Stack>
      )}
    </>
  );
}

function FirstRun({ a, b }: { a: string; b: string | null }) {
  const first = useQuery(runQuery(a));
  const others = useInfiniteQuery(runPagesQuery(runsPerRequest));
  return (
    <QuerySection name="The first run" query={first}>
      {(run) => (
        <>
          <OtherRunForm
            run={run}
            b={b}
            others={others.data ?? []}
            onSearchOlder={others.hasNextPage ? () => others.fetchNextPage() : undefined}
            searching={others.isFetchingNextPage}
          />
          {b !== null && <SecondRun first={run} b={b} />}
        </>
      )}
    </QuerySection>
  );
}

type OtherRunFormProps = {
  run: Run;
  b: string | null;
  others: RunSummary[];
  /** Undefined when all runs have been searched. */
  onSearchOlder: (() => void) | undefined;
  searching: boolean;
};

function OtherRunForm({ run, b, others, onSearchOlder, searching }: OtherRunFormProps) {
  const [, setSearch] = useSearchParams();
  const equalDatasets = useEqualDatasets(run.dataset.id);
  const choices = others.filter(
    (other) => equalDatasets.has(other.dataset.id) && other.id !== run.id && isFinal(other.status),
  );

  /** The older run stands on the left, so that what only the newer one gets right counts as fixed. */
  function choose(id: string) {
    const other = choices.find((one) => one.id === id);
    const isOlder = other !== undefined && Date.parse(other.createdAt) < Date.parse(run.createdAt);
    setSearch(isOlder ? { a: id, b: run.id } : { a: run.id, b: id });
  }

  return (
    <>
      <Group gap="xs" align="end">
        <Text size="sm" pb={6}>
          <Anchor component={Link} to={paths.run(run.id)} dir="auto">
            {runTitle(run)}
          </Anchor>{' '}
          compared with
        </Text>
        <NativeSelect
          size="xs"
          aria-label="Other run"
          value={b ?? ''}
          onChange={(event) => choose(event.currentTarget.value)}
          data={[
            { value: '', label: 'Choose a run', disabled: true },
            ...choices.map((other) => ({ value: other.id, label: runTitle(other) })),
            ...(b === null || choices.some((other) => other.id === b)
              ? []
              : [{ value: b, label: `Run ${shortId(b)}` }]),
          ]}
        />
        {b !== null && (
          <Button variant="default" onClick={() => setSearch({ a: b, b: run.id })}>
            Swap
          </Button>
        )}
        {onSearchOlder && (
          <Button variant="default" loading={searching} onClick={onSearchOlder}>
            Search older runs
          </Button>
        )}
      </Group>
      {choices.length === 0 && onSearchOlder === undefined && (
        <Text size="sm" className="quiet">
          No other run of {run.dataset.name} has finished. Run another pipeline on it first.
        </Text>
      )}
    </>
  );
}

function runTitle(run: RunSummary | Run): string {
  return `${run.name}, ${formatTimestamp(run.createdAt)}, ${stateLabel(run.status).toLowerCase()} (${shortId(run.id)})`;
}

function SecondRun({ first, b }: { first: Run; b: string }) {
  const second = useQuery(runQuery(b));
  return (
    <QuerySection name="The second run" query={second}>
      {(run) => (
        <>
          <ComparedRecords key={`${first.id} ${run.id}`} first={first} second={run} />
          <ComparedScripts first={first} second={run} />
          <ComparedPackages first={first} second={run} />
        </>
      )}
    </QuerySection>
  );
}
