import { Anchor } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';
import { defaultImage } from '@/api/environments';
import type { Environment } from '@/api/types';
import { EnvironmentMark } from '@/components/environment/environment-mark';
import { Timestamp } from '@/components/timestamp';
import { formatBytes, formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import classes from './environment-facts.module.css';

export function EnvironmentFacts({ environment }: { environment: Environment }) {
  const { id, status, declared, size, python, platform, usedBy } = environment;
  const facts: [string, ReactNode][] = [
    ['State', <EnvironmentMark key="state" status={status} />],
    ...(size == null || status !== 'READY' ? [] : [['On disk', formatBytes(size)] as [string, ReactNode]]),
    ...(python == null
      ? []
      : [['Python', platform == null ? python : `${python}, ${platform}`] as [string, ReactNode]]),
    ...(environment.image === defaultImage ? [] : [['Image', environment.image] as [string, ReactNode]]),
    ['Asked for', <Declared key="declared" declared={declared} />],
    ['Used by', <Users key="users" usedBy={usedBy} />],
    ...(environment.lockedAt == null
      ? []
      : [['Resolved', <Timestamp key="locked" at={environment.lockedAt} />] as [string, ReactNode]]),
    ['Last used', <Timestamp key="used" at={environment.lastUsedAt} />],
    [
      'Environment ID',
      <span key="id" className="mono">
        {id}
      </span>,
    ],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Declared({ declared }: { declared: Environment['declared'] }) {
  return declared.map(({ requirement, from }) => (
    <div key={`${requirement} ${from}`}>
      <span className="mono">{requirement}</span> <span className="quiet">({from})</span>
    </div>
  ));
}

function Users({ usedBy: { pipelines, openRuns, runs } }: Pick<Environment, 'usedBy'>) {
  if (pipelines.length === 0 && runs === 0) {
    return 'Nothing';
  }
  return (
    <>
      {pipelines.map(({ id, name, version }, at) => (
        <Fragment key={`${id} ${version}`}>
          {at > 0 && ', '}
          <Anchor component={Link} to={paths.pipeline(id)} underline="always" dir="auto">
            {name}, version {version}
          </Anchor>
        </Fragment>
      ))}
      {runs > 0 && (
        <div>
          {formatCount(runs, 'run')}
          {openRuns > 0 && `, ${openRuns} of them not finished`}
        </div>
      )}
    </>
  );
}
