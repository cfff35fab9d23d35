import { Button, Group, NativeSelect, Pill, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { failuresQuery } from '@/api/runs';
import type { FailureGroup, RecordStatus, Run } from '@/api/types';
import { formatNumber } from '@/lib/format';
import { stages } from '@/lib/stages';
import { isFinal, stateLabel } from '@/lib/states';
import { recordParts } from '../../run-progress';
import {
  filtersFailures,
  isSearch,
  type RecordFilter,
  withFailure,
  withStatus,
  withText,
} from './record-filter';
import classes from './record-filter-bar.module.css';
import { SearchText } from './search-text';

type RecordFilterBarProps = {
  run: Run;
  filter: RecordFilter;
  onFilter: (filter: RecordFilter, how?: { replace: boolean }) => void;
  children: ReactNode;
};

/** Filters records by state, failure and text. */
export function RecordFilterBar({ run, filter, onFilter, children }: RecordFilterBarProps) {
  const hasFailures = run.records.failed > 0 || filtersFailures(filter);
  const failures = useQuery({ ...failuresQuery(run.id, isFinal(run.status)), enabled: hasFailures });
  return (
    <section className={classes.bar} aria-label="Filter">
      <div className="sideways">
        <SegmentedControl
          aria-label="State"
          value={filter.status ?? 'all'}
          onChange={(value) => {
            const status = value === 'all' ? undefined : (value as RecordStatus);
            onFilter(withStatus(filter, status));
          }}
          data={stateChoices(run, filter)}
        />
      </div>
      <SearchText
        text={filter.q ?? ''}
        onText={(text) => onFilter(withText(filter, text), { replace: true })}
      />
      {hasFailures && (
        <FailureChoice run={run} groups={failures.data?.items ?? []} filter={filter} onFilter={onFilter} />
      )}
      {isSearch(filter) && (
        <Button variant="subtle" onClick={() => onFilter(filter.status ? { status: filter.status } : {})}>
          Clear
        </Button>
      )}
      <div className={classes.end}>{children}</div>
    </section>
  );
}

function stateChoices(run: Run, filter: RecordFilter) {
  return [
    { value: 'all', label: `All ${formatNumber(run.records.total)}` },
    ...recordParts(run.records)
      .filter(({ state, count }) => count > 0 || state === filter.status)
      .map(({ state, count }) => ({ value: state, label: `${stateLabel(state)} ${formatNumber(count)}` })),
  ];
}

type FailureChoiceProps = {
  run: Run;
  groups: FailureGroup[];
  filter: RecordFilter;
  onFilter: (filter: RecordFilter) => void;
};

function FailureChoice({ run, groups, filter, onFilter }: FailureChoiceProps) {
  if (filter.cause !== undefined) {
    const group = groups.find((one) => one.id === filter.cause);
    return (
      <Pill
        size="md"
        withRemoveButton
        className={classes.cause}
        removeButtonProps={{ 'aria-label': 'Show all failures', 'aria-hidden': false, tabIndex: 0 }}
        onRemove={() => onFilter(withFailure(filter, {}))}
      >
        <span dir="auto">{group === undefined ? 'One failure' : `${group.type}: ${group.message}`}</span>
      </Pill>
    );
  }
  const { step, stage, error } = filter;
  const place = { ...(step ? { step } : {}), ...(stage ? { stage } : {}) };
  return (
    <Group gap={6} wrap="nowrap" className={classes.choices}>
      <NativeSelect
        aria-label="Failed step"
        value={JSON.stringify(place)}
        onChange={(event) =>
          onFilter(
            withFailure(filter, { ...JSON.parse(event.currentTarget.value), ...(error ? { error } : {}) }),
          )
        }
        data={placeChoices(run, place)}
      />
      <NativeSelect
        aria-label="Error"
        value={error ?? ''}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onFilter(withFailure(filter, { ...place, ...(chosen ? { error: chosen } : {}) }));
        }}
        data={[
          { value: '', label: 'Any error' },
          ...[...new Set([...groups.map((group) => group.type), ...(error ? [error] : [])])],
        ]}
      />
    </Group>
  );
}

type Place = Pick<RecordFilter, 'step' | 'stage'>;

function placeChoices(run: Run, chosen: Place) {
  const choices = [
    { value: '{}', label: 'Any step' },
    ...run.pipeline.steps.flatMap((step) => [
      { value: JSON.stringify({ step: step.name }), label: step.name },
      ...stages
        .filter((stage) => step[stage] != null)
        .map((stage) => ({
          value: JSON.stringify({ step: step.name, stage }),
          label: `${step.name} · ${stage}`,
        })),
    ]),
  ];
  const value = JSON.stringify(chosen);
  // An address may name a step that the pipeline does not have.
  return choices.some((choice) => choice.value === value)
    ? choices
    : [...choices, { value, label: Object.values(chosen).join(' · ') }];
}
