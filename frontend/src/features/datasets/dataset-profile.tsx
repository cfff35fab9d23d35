import { Button, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { datasetRecordsQuery } from '@/api/datasets';
import type { Dataset } from '@/api/types';
import { QuerySection } from '@/components/feedback/query-section';
import { formatCount, formatNumber, percentOf } from '@/lib/format';
import type { JsonObject } from '@/lib/values/exact-json';
import { type FieldProfile, profileOf } from '@/lib/values/field-profile';
import { windowSize } from '@/lib/window-size';

const mostProfiled = 1000;

/** Profiles the fields of the first records, those in objects and lists too, when it is asked to. */
export function DatasetProfile({ dataset }: { dataset: Dataset }) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <Button variant="default" mt="xs" onClick={() => setAsked(true)}>
        Look into the fields
      </Button>
    );
  }
  return <Profile dataset={dataset} />;
}

function Profile({ dataset }: { dataset: Dataset }) {
  const query = useQuery(datasetRecordsQuery(dataset.id, 0, windowSize(mostProfiled, dataset)));
  return (
    <QuerySection name="The profile" query={query}>
      {({ items, total }) => <ProfileTable records={items} total={total} />}
    </QuerySection>
  );
}

function ProfileTable({ records, total }: { records: JsonObject[]; total: number }) {
  const fields = useMemo(() => profileOf(records), [records]);
  return (
    <section aria-label="Profile of the fields" tabIndex={0} style={{ overflow: 'auto', maxHeight: 560 }}>
      <Text size="sm" className="quiet" my={4}>
        {records.length === total
          ? `Of all ${formatCount(total, 'record')}`
          : `Of the first ${formatNumber(records.length)} of ${formatCount(total, 'record')}`}
      </Text>
      <Table verticalSpacing={3} miw={640} className="figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Field</Table.Th>
            <Table.Th>Type</Table.Th>
            <Table.Th ta="right">Present</Table.Th>
            <Table.Th ta="right">Different</Table.Th>
            <Table.Th>Range</Table.Th>
            <Table.Th>Examples</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field) => (
            <ProfileRow key={field.path} field={field} records={records.length} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function ProfileRow({ field, records }: { field: FieldProfile; records: number }) {
  const examples = field.examples.join(', ');
  return (
    <Table.Tr>
      <Table.Td className="mono" dir="auto">
        {field.path}
      </Table.Td>
      <Table.Td>{field.types.join(', ')}</Table.Td>
      <Table.Td ta="right">{percentOf(field.records, records)}%</Table.Td>
      <Table.Td ta="right">{differentText(field.distinct)}</Table.Td>
      <Table.Td>{field.range && `${field.range.from} to ${field.range.to}`}</Table.Td>
      <Table.Td className="cut quiet" maw={280} dir="auto" title={examples}>
        {examples}
      </Table.Td>
    </Table.Tr>
  );
}

/** Objects and lists are not counted. */
function differentText(distinct: number | undefined): string {
  if (distinct === undefined) {
    return 'many';
  }
  return distinct === 0 ? '' : formatNumber(distinct);
}
