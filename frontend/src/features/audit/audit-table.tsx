import { Table } from '@mantine/core';
import type { AuditEntry } from '@/api/types';
import { StateMark } from '@/components/state/state-mark';
import { Timestamp } from '@/components/timestamp';
import { formatCount } from '@/lib/format';
import { outcomes } from './audit-filter';

export function AuditTable({ entries }: { entries: AuditEntry[] }) {
  return (
    <Table.ScrollContainer minWidth={900} type="native" tabIndex={0} role="region" aria-label="Entries">
      <Table className="figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>Who</Table.Th>
            <Table.Th>Operation</Table.Th>
            <Table.Th>Target</Table.Th>
            <Table.Th>Outcome</Table.Th>
            <Table.Th>From</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <AuditRow key={entry.number} entry={entry} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const { label, state } = outcomes[entry.outcome];
  return (
    <Table.Tr>
      <Table.Td>
        <Timestamp at={entry.at} />
      </Table.Td>
      <Table.Td className="cut" maw={220} title={entry.username}>
        {entry.username}
        {entry.key != null && <div className="quiet">with the key {entry.key}</div>}
      </Table.Td>
      <Table.Td className="mono">{entry.operation.replace('/api/v1', '')}</Table.Td>
      <Table.Td className="cut mono" maw={240} title={entry.target ?? undefined}>
        {entry.target}
        {entry.project != null && <div className="quiet">in {entry.project}</div>}
      </Table.Td>
      <Table.Td>
        <StateMark state={state}>{label}</StateMark>
        {entry.status != null && entry.outcome !== 'SUCCEEDED' && (
          <div className="quiet">status {entry.status}</div>
        )}
        {entry.attempts > 1 && <div className="quiet">{formatCount(entry.attempts, 'attempt')}</div>}
      </Table.Td>
      <Table.Td className="mono">{entry.address}</Table.Td>
    </Table.Tr>
  );
}
