import { Anchor, Table } from '@mantine/core';
import { Link } from 'react-router';
import type { RunSummary } from '@/api/types';
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

export function RunsTable({ runs }: { runs: RunSummary[] }) {
  const callModels = runs.some(({ llm }) => llm != null);
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table highlightOnHover className="figures">
        <Table.Thead>
          <Table.Tr>
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
            <Table.Th ta="right">Duration</Table.Th>
            <Table.Th>Submitted</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} showsCost={callModels} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function RunRow({ run, showsCost }: { run: RunSummary; showsCost: boolean }) {
  const percent = percentDone(run.records);
  const elapsed = elapsedMilliseconds(run, useNow(isActive(run.status)));
  return (
    <Table.Tr className={classes.row}>
      <Table.Td className={classes.name}>
        <Anchor component={Link} to={paths.run(run.id)} className={classes.link} dir="auto">
          {run.name}
        </Anchor>
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
      <Table.Td ta="right">{elapsed === undefined ? '' : formatDuration(elapsed)}</Table.Td>
      <Table.Td>
        <Timestamp at={run.createdAt} />
      </Table.Td>
    </Table.Tr>
  );
}

function activeText({ status, waitsFor }: RunSummary, percent: number): string {
  return waitsFor === 'ENVIRONMENT' ? 'Installing packages' : `${stateLabel(status)} ${percent}%`;
}

function costTitle({ llm }: RunSummary): string | undefined {
  return llm?.budget == null ? undefined : `of a budget of ${formatMoney(llm.budget)}`;
}
