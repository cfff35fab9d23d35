import { Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { formatCount } from '@/lib/format';
import { type Change, difference } from '@/lib/values/difference';
import type { JsonObject } from '@/lib/values/exact-json';
import classes from './difference.module.css';
import { ValueText } from './value-text';

const maxShown = 200;

const signs = { added: '+', removed: '−', changed: '~', same: '' } as const;

/** The changes of a stage to a record, field by field. Unchanged fields are hidden at first. */
export function Difference({ before, after }: { before: JsonObject; after: JsonObject }) {
  const [expanded, setExpanded] = useState(false);
  const changes = difference(before, after);
  const same = changes.filter((change) => change.kind === 'same').length;
  const [all, setAll] = useState(false);
  const wanted = expanded ? changes : changes.filter((change) => change.kind !== 'same');
  const shown = all ? wanted : wanted.slice(0, maxShown);

  return (
    <>
      {shown.length === 0 && <Text size="sm">No changes.</Text>}
      <dl className={classes.changes}>
        {shown.map((change) => (
          <ChangeRow key={`${change.kind} ${change.path}`} change={change} />
        ))}
      </dl>
      {shown.length < wanted.length && (
        <UnstyledButton className={classes.fold} onClick={() => setAll(true)}>
          Show all {formatCount(wanted.length, 'field')}
        </UnstyledButton>
      )}
      {same > 0 && (
        <UnstyledButton className={classes.fold} onClick={() => setExpanded(!expanded)}>
          {expanded ? 'Hide' : 'Show'} {formatCount(same, 'unchanged field')}
        </UnstyledButton>
      )}
    </>
  );
}

function ChangeRow({ change }: { change: Change }) {
  return (
    <div className={classes.change} data-kind={change.kind}>
      <dt className={classes.field}>
        <span className={classes.sign} title={change.kind}>
          {signs[change.kind]}
        </span>
        <span dir="auto">{change.path}</span>
      </dt>
      <dd className={classes.values}>
        {'before' in change && (
          <div className={classes.before}>
            <ValueText value={change.before} />
          </div>
        )}
        {'after' in change && (
          <div className={change.kind === 'same' ? '' : classes.after}>
            <ValueText value={change.after} />
          </div>
        )}
      </dd>
    </div>
  );
}
