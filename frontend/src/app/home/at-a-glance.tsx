import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { runTotalsQuery } from '@/api/runs';
import { formatCount, percentOf } from '@/lib/format';
import { paths } from '@/lib/paths';

/** In one look: what this is, what scripts may use, and what is running. */
export function AtAGlance() {
  const { data: totals } = useQuery(runTotalsQuery({}));
  return (
    <div>
      <Text size="sm" className="quiet" maw={900}>
        Python scripts run on every record of a dataset, in batches, in containers without a network. They may
        use the standard library and the packages that a pipeline names.
      </Text>
      {totals !== undefined && totals.runs > 0 && (
        <Text size="sm" className="figures" role="status">
          {totals.active === 0 ? (
            'Nothing is running.'
          ) : (
            <Anchor component={Link} to={paths.runs} size="sm" underline="always">
              {formatCount(totals.active, 'run')} not yet ended
            </Anchor>
          )}{' '}
          {formatCount(totals.runs, 'run')} in all, {formatCount(totals.records, 'record')}
          {totals.failed > 0 && `, ${percentOf(totals.failed, totals.records)}% of them failed`}.
        </Text>
      )}
    </div>
  );
}
