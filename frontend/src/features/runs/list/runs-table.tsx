import { Anchor, Table, VisuallyHidden } from '@mantine/core';
import { Link } from 'react-router';
import { useLabelChange } from '@/api/labels';
import type { RunSummary } from '@/api/types';
import { LabelLine } from '@/components/labels/label-line';
import { StarButton } from '@/components/labels/star-button';
import { SelectionCell, SelectionHead } from '@/components/list/selection-cells';
import type { Selection } from '@/components/list/use-selection';
import { SegmentedProgress } from '@/components/state/segmented-progress';
import { StateMark } from '@/components/state/state-mark';
import { Timestamp } from '@/components/timestamp';
import { useNow } from '@/components/use-now';
import { formatDuration, formatNumber } from '@/lib/format';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { isActive, isFinal, stateLabel } from '@/lib/states';
import { elapsedMilliseconds, percentDone, recordParts } from '../run-progress';
import classes from './runs-table.module.css';

type RunsTableProps = {
  runs: RunSummary[];
  /** Where it is given, runs can be ticked and starred. */
  selection?: Selection;
};

export function RunsTable({ runs, selection }: RunsTableProps) {
  const callModels = runs.some(({ llm }) => llm != null);
  return (
    <Table.ScrollContainer minWidth={selection === undefined ? 720 : 900} type="native">
      <Table highlightOnHover className="figures">
        <Table.Thead>
          <Table.Tr>
            {selection !== undefined && (
              <>
                <SelectionHead items={runs} selection={selection} />
                <Table.Th w={40} pos="relative">
                  <VisuallyHidden>Star</VisuallyHidden>
                </Table.Th>
              </>
            )}
            <Table.Th>Run</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th w={160}>Progress</Table.Th>
            <Table.Th ta="right">Records</Table.Th>
            <Table.Th ta="right">Failed</Table.Th>
            {callModels && (
              <Table.Th ta="right" title="Of model calls">
                Cost
              </Table.Th>
            )}
            <Table.Th>Dataset</Table.Th>
            {selection !== undefined && <Table.Th>Pipeline</Table.Th>}
            <Table.Th ta="right">Duration</Table.Th>
            <Table.Th>Submitted</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <RunRow
              key={run.id}
              run={run}
              showsCost={callModels}
              {...(selection === undefined ? {} : { selection })}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

type RunRowProps = { run: RunSummary; showsCost: boolean; selection?: Selection };

function RunRow({ run, showsCost, selection }: RunRowProps) {
  const percent = percentDone(run.records);
  const elapsed = elapsedMilliseconds(run, useNow(isActive(run.status)));
  return (
    <Table.Tr className={classes.row}>
      {selection !== undefined && (
        <>
          <SelectionCell item={run} selection={selection} />
          <StarCell run={run} />
        </>
      )}
      <Table.Td className={classes.name}>
        <Anchor component={Link} to={paths.run(run.id)} className={classes.link} dir="auto">
          {run.name}
        </Anchor>
        <LabelLine tags={run.tags} note={run.note} isShort />
      </Table.Td>
      <Table.Td>
        <StateMark state={run.status}>{isFinal(run.status) ? undefined : activeText(run, percent)}</StateMark>
      </Table.Td>
      <Table.Td>
        <SegmentedProgress
          parts={recordParts(run.records)}
          percent={percent}
          label={`Progress of ${run.name}`}
          thin
        />
      </Table.Td>
      <Table.Td ta="right">{formatNumber(run.records.total)}</Table.Td>
      <Table.Td ta="right">{run.records.failed > 0 ? formatNumber(run.records.failed) : ''}</Table.Td>
      {showsCost && (
        <Table.Td ta="right" title={costTitle(run)}>
          {run.llm == null ? '' : formatMoney(run.llm.spent)}
        </Table.Td>
      )}
      <Table.Td className={`cut ${classes.dataset}`} dir="auto">
        {run.dataset.name}
      </Table.Td>
      {selection !== undefined && <PipelineCell run={run} />}
      <Table.Td ta="right">{elapsed === undefined ? '' : formatDuration(elapsed)}</Table.Td>
      <Table.Td>
        <Timestamp at={run.createdAt} />
      </Table.Td>
    </Table.Tr>
  );
}

function StarCell({ run }: { run: RunSummary }) {
  const change = useLabelChange('run', run.id);
  return (
    <Table.Td>
      <StarButton
        name={run.name}
        starred={run.starred}
        busy={change.isPending}
        onChange={(starred) => change.mutate({ starred })}
      />
    </Table.Td>
  );
}

/** The saved pipeline of a run, with its version; only the name of one that was not saved. */
function PipelineCell({ run: { pipeline } }: { run: RunSummary }) {
  return (
    <Table.Td className={`cut ${classes.dataset}`} dir="auto">
      {pipeline.id == null ? (
        <span className="quiet">{pipeline.name}</span>
      ) : (
        <Anchor
          component={Link}
          className={classes.above}
          to={paths.pipeline(pipeline.id, { version: pipeline.version ?? 1 })}
        >
          {pipeline.name}, version {pipeline.version}
        </Anchor>
      )}
    </Table.Td>
  );
}

function activeText({ status, waitsFor }: RunSummary, percent: number): string {
  return waitsFor === 'ENVIRONMENT' ? 'Installing packages' : `${stateLabel(status)} ${percent}%`;
}

function costTitle({ llm }: RunSummary): string | undefined {
  return llm?.budget == null ? undefined : `of a budget of ${formatMoney(llm.budget)}`;
}
