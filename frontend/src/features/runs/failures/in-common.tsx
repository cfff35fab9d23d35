import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { correlationsQuery, type GroupName } from '@/api/record-groups';
import type { Correlations } from '@/api/types';
import { QuerySection } from '@/components/feedback/query-section';
import { RowSkeleton } from '@/components/feedback/row-skeleton';
import { formatNumber } from '@/lib/format';
import { shareWords, traitWords } from '@/lib/values/correlation-words';
import classes from './in-common.module.css';

type InCommonProps = {
  runId: string;
  group: GroupName;
  /** What the records of the group did, such as `that failed so`. */
  verb: string;
  /** Whether to ask at once; otherwise a button does. */
  asksAtOnce: boolean;
};

/** What the records of a group have in common and other records have not. */
export function InCommon({ runId, group, verb, asksAtOnce }: InCommonProps) {
  const [isAsked, setAsked] = useState(asksAtOnce);
  const query = useQuery({ ...correlationsQuery(runId, group), enabled: isAsked });
  if (!isAsked) {
    return (
      <Button variant="subtle" size="compact-sm" onClick={() => setAsked(true)}>
        What do they have in common?
      </Button>
    );
  }
  return (
    <QuerySection name="What they have in common" query={query} loading={<RowSkeleton rows={1} />}>
      {(found) => <Traits found={found} verb={verb} />}
    </QuerySection>
  );
}

function Traits({ found, verb }: { found: Correlations; verb: string }) {
  if (found.items.length === 0) {
    return (
      <Text size="sm" className="quiet">
        {found.others === 0 ? 'There are no other records to compare them with.' : noneWords(found.group)}
      </Text>
    );
  }
  return (
    <div>
      <Text size="sm" fw={500}>
        In common
      </Text>
      <ul className={classes.traits}>
        {found.items.map((item) => (
          <li key={`${item.path.join('\n')} ${item.kind}`} className={classes.trait}>
            <code className={classes.field} dir="auto">
              {item.path.join('.')}
            </code>{' '}
            <span className={classes.words} dir="auto">
              {traitWords(item)}
            </span>{' '}
            <span className="quiet figures">{shareWords(item, found, verb)}</span>
          </li>
        ))}
      </ul>
      {isSample(found) && (
        <Text size="xs" className="quiet">
          Compared in a sample of {formatNumber(found.group + found.others)} records from all parts of the
          input.
        </Text>
      )}
    </div>
  );
}

function noneWords(records: number): string {
  return records === 1
    ? 'Its input has nothing that other records do not have.'
    : 'Their input has nothing in common that other records do not have.';
}

/** So many records of each side are read at most. */
const mostRead = 10_000;

function isSample({ group, others }: Correlations): boolean {
  return group >= mostRead || others >= mostRead;
}
