import { Anchor, Title } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Run } from '@/api/types';
import { Timestamp } from '@/components/timestamp';
import { formatCount, formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import classes from './run-facts.module.css';

export function RunFacts({ run }: { run: Run }) {
  const facts: [string, ReactNode][] = [
    [
      'Dataset',
      <Fragment key="dataset">
        <Anchor component={Link} to={paths.dataset(run.dataset.id)} underline="always" dir="auto">
          {run.dataset.name}
        </Anchor>{' '}
        ({formatCount(run.dataset.records, 'record')})
      </Fragment>,
    ],
    ['Pipeline', <PipelineFact key="pipeline" run={run} />],
    ['Batch size', formatNumber(run.batchSize)],
    ...(run.llm == null
      ? []
      : [['Models', [run.llm.upstream, ...run.llm.models].join(', ')] as [string, ReactNode]]),
    ['Submitted', <Timestamp key="submitted" at={run.createdAt} />],
    ...(run.startedAt
      ? [['Started', <Timestamp key="started" at={run.startedAt} />] as [string, ReactNode]]
      : []),
    ...(run.pausedAt
      ? [['Paused', <Timestamp key="paused" at={run.pausedAt} />] as [string, ReactNode]]
      : []),
    ...(run.resumedAt
      ? [['Resumed', <Timestamp key="resumed" at={run.resumedAt} />] as [string, ReactNode]]
      : []),
    ...(run.finishedAt
      ? [['Finished', <Timestamp key="finished" at={run.finishedAt} />] as [string, ReactNode]]
      : []),
    [
      'Run ID',
      <span key="id" className="mono">
        {run.id}
      </span>,
    ],
  ];
  return (
    <section aria-labelledby="facts-heading">
      <Title order={2} fz="md" mb={6} id="facts-heading">
        Details
      </Title>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function PipelineFact({ run }: { run: Run }) {
  const { id, version, name } = run.pipeline;
  if (id == null) {
    return <span dir="auto">{name}</span>;
  }
  return (
    <Anchor
      component={Link}
      to={paths.pipeline(id, version == null ? {} : { version })}
      underline="always"
      dir="auto"
    >
      {name}
      {version == null ? '' : `, version ${version}`}
    </Anchor>
  );
}
