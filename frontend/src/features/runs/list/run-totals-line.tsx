import { Text } from '@mantine/core';
import type { RunTotals } from '@/api/types';
import { formatCount, percentOf } from '@/lib/format';

/** How many runs a filter finds, with how many records, and how many of those failed. */
export function RunTotalsLine({ totals }: { totals: RunTotals }) {
  if (totals.runs === 0) {
    return null;
  }
  const facts = [
    formatCount(totals.runs, 'run'),
    totals.active > 0 ? `${totals.active} not yet ended` : undefined,
    formatCount(totals.records, 'record'),
    totals.failed > 0 ? `${percentOf(totals.failed, totals.records)}% failed` : undefined,
    totals.skipped > 0 ? `${percentOf(totals.skipped, totals.records)}% skipped` : undefined,
  ];
  return (
    <Text size="sm" className="quiet figures" mb={4} role="status">
      {facts.filter((fact) => fact !== undefined).join(' · ')}
    </Text>
  );
}
