import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { callsOfBatchQuery } from '@/api/model-calls';
import { formatCompact, formatCount, formatDuration, formatNumber } from '@/lib/format';
import { formatMoney } from '@/lib/money';

type BatchCallsProps = { runId: string; batch: number; active: boolean };

/** What the model calls of a batch took and cost, over all attempts at it; nothing where it has made none. */
export function BatchCalls({ runId, batch, active }: BatchCallsProps) {
  const { data: calls } = useQuery(callsOfBatchQuery(runId, batch, active));
  if (calls == null) {
    return null;
  }
  const reused = calls.replays + calls.cacheHits;
  const facts = [
    formatCount(calls.calls, 'model call'),
    ...(calls.failed > 0 ? [`${formatNumber(calls.failed)} failed`] : []),
    ...(reused > 0 ? [`${formatNumber(reused)} reused`] : []),
    `${formatCompact(calls.promptTokens + calls.completionTokens)} tokens`,
    ...(calls.waitingMillis > 0 ? [`waited ${formatDuration(calls.waitingMillis)}`] : []),
    formatMoney(calls.cost),
  ];
  return (
    <Text size="sm" className="figures" mb={6}>
      {facts.join(', ')}
    </Text>
  );
}
