import { Table, Title } from '@mantine/core';
import type { StageCalls } from '@/api/types';
import { formatCompact, formatDuration, formatNumber } from '@/lib/format';
import { formatMoney } from '@/lib/money';

/** The calls that each stage makes to each model, the dearest first. */
export function StageSums({ stages }: { stages: StageCalls[] }) {
  const rows = stages.toSorted((left, right) => totalCost(right) - totalCost(left));
  return (
    <section aria-labelledby="stage-sums-heading">
      <Title order={2} fz="md" mb={6} id="stage-sums-heading">
        By step and model
      </Title>
      <Table.ScrollContainer minWidth={760} type="native" className="panel" tabIndex={0}>
        <Table className="figures" aria-labelledby="stage-sums-heading">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Step</Table.Th>
              <Table.Th>Model</Table.Th>
              <Table.Th ta="right">Calls</Table.Th>
              <Table.Th ta="right">Failed</Table.Th>
              <Table.Th ta="right" title="Replayed for this run, or from the cache of all runs">
                Reused
              </Table.Th>
              <Table.Th ta="right">Tokens sent</Table.Th>
              <Table.Th ta="right">Tokens received</Table.Th>
              <Table.Th ta="right" title="On average, without the time that calls wait for their turn">
                Time a call
              </Table.Th>
              <Table.Th ta="right" title="For their turn in the rate limit, all calls together">
                Waited
              </Table.Th>
              <Table.Th ta="right">Cost</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <StageRow key={`${row.stage} ${row.model}`} row={row} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function StageRow({ row }: { row: StageCalls }) {
  const reused = row.replays + row.cacheHits;
  return (
    <Table.Tr>
      <Table.Td dir="auto">{row.step == null ? 'Not known' : `${row.step} · ${row.script}`}</Table.Td>
      <Table.Td className="mono">{row.model}</Table.Td>
      <Table.Td ta="right" title={row.tries > row.calls ? `${formatNumber(row.tries)} tries` : undefined}>
        {formatNumber(row.calls)}
      </Table.Td>
      <Table.Td ta="right">{row.failed === 0 ? '' : formatNumber(row.failed)}</Table.Td>
      <Table.Td
        ta="right"
        title={`${formatNumber(row.replays)} replayed, ${formatNumber(row.cacheHits)} from cache`}
      >
        {reused === 0 ? '' : formatNumber(reused)}
      </Table.Td>
      <Table.Td
        ta="right"
        title={`${formatNumber(row.promptTokens)}, ${formatNumber(row.cachedTokens)} of them cached by the upstream`}
      >
        {formatCompact(row.promptTokens)}
      </Table.Td>
      <Table.Td
        ta="right"
        title={`${formatNumber(row.completionTokens)}, ${formatNumber(row.reasoningTokens)} of them for reasoning`}
      >
        {formatCompact(row.completionTokens)}
      </Table.Td>
      <Table.Td ta="right">
        {row.calls > reused
          ? formatDuration(Math.max(0, row.tookMillis - row.waitingMillis) / (row.calls - reused))
          : ''}
      </Table.Td>
      <Table.Td ta="right">{row.waitingMillis === 0 ? '' : formatDuration(row.waitingMillis)}</Table.Td>
      <Table.Td ta="right" fw={600} title={`$${row.spent} spent, $${row.unsettled} unsettled`}>
        {formatMoney(totalCost(row))}
      </Table.Td>
    </Table.Tr>
  );
}

function totalCost({ spent, unsettled }: StageCalls): number {
  return Number(spent) + Number(unsettled);
}
