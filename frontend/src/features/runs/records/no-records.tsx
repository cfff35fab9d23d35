import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Run } from '@/api/types';
import { EmptyState } from '@/components/feedback/empty-state';
import { paths } from '@/lib/paths';
import { isFinal, stateLabel } from '@/lib/states';
import { filtersFailures, type RecordFilter, withText } from './filter/record-filter';

/** Explains why no record matches the filter, and links to more records. */
export function NoRecords({ run, filter }: { run: Run; filter: RecordFilter }) {
  const state = filter.status === undefined ? '' : ` ${stateLabel(filter.status).toLowerCase()}`;
  return (
    <EmptyState
      title={
        filter.q === undefined
          ? `No${state} records${failure(filter)}`
          : `No ${isNarrowed(filter) ? 'matching record contains' : 'record contains'} this text`
      }
    >
      <Text size="sm" className="quiet">
        {waitAdvice(run.status)}{' '}
        {filter.q !== undefined && isNarrowed(filter) && (
          <>
            <Anchor component={Link} to={paths.runRecords(run.id, withText({}, filter.q))} size="sm">
              all records with this text
            </Anchor>{' '}
            or{' '}
          </>
        )}
        <Anchor component={Link} to={paths.runRecords(run.id)} size="sm">
          all records
        </Anchor>
        .
      </Text>
    </EmptyState>
  );
}

function waitAdvice(status: Run['status']): string {
  if (isFinal(status)) {
    return 'Show';
  }
  return status === 'PAUSED'
    ? 'The run is paused. Resume it for more records, or show'
    : 'The run has not finished. Wait for more records, or show';
}

/** Whether the filter has conditions besides the text. */
function isNarrowed(filter: RecordFilter): boolean {
  return filtersFailures(filter) || filter.reason !== undefined || filter.status !== undefined;
}

function failure(filter: RecordFilter): string {
  if (filter.reason !== undefined) {
    return ' for this reason';
  }
  return filtersFailures(filter) ? ' with this failure' : '';
}
