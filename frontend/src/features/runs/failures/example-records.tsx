import { Anchor } from '@mantine/core';
import { Fragment } from 'react';
import { Link } from 'react-router';
import { formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import classes from './failure-card.module.css';

const shownExamples = 3;

type ExampleRecordsProps = {
  runId: string;
  indexes: number[];
  /** The filter of the list in which the record opens. */
  filter: { cause: string } | { reason: string };
};

/** Links to some records of a group. */
export function ExampleRecords({ runId, indexes, filter }: ExampleRecordsProps) {
  return (
    <span>
      Examples:{' '}
      {indexes.slice(0, shownExamples).map((index) => (
        <Fragment key={index}>
          <Anchor
            component={Link}
            to={paths.runRecord(runId, index, filter)}
            mr={4}
            className={classes.example}
            size="sm"
          >
            record {formatNumber(index)}
          </Anchor>{' '}
        </Fragment>
      ))}
    </span>
  );
}
