import { Button, Group, Table, Text, Title } from '@mantine/core';
import type { Comparison } from '@/api/types';
import { StateMark } from '@/components/state/state-mark';
import { formatNumber } from '@/lib/format';
import { fieldRecords } from './comparison';

const mostFields = 30;

type ComparedSumsProps = {
  sums: Pick<Comparison, 'statuses' | 'fields'>;
  /** The field whose changes are listed. */
  field: string | undefined;
  onField: (field: string | undefined) => void;
};

/** What differs, summed by state and by field; a field filters the list of records. */
export function ComparedSums({ sums, field, onField }: ComparedSumsProps) {
  return (
    <Group align="flex-start" gap="24px 48px">
      <StateSums statuses={sums.statuses} />
      {sums.fields.length > 0 && (
        <section aria-labelledby="fields-heading" style={{ flex: '1 1 320px', minWidth: 0 }}>
          <Title order={2} fz="md" mb={4} id="fields-heading">
            Fields that differ
          </Title>
          <Group gap={6}>
            {sums.fields.slice(0, mostFields).map((one) => (
              <Button
                key={one.name}
                size="compact-sm"
                variant={one.name === field ? 'filled' : 'default'}
                aria-pressed={one.name === field}
                title={fieldWords(one)}
                onClick={() => onField(one.name === field ? undefined : one.name)}
              >
                <span dir="auto">{one.name}</span>&nbsp;
                <span className="figures">{formatNumber(fieldRecords(one))}</span>
              </Button>
            ))}
          </Group>
          {sums.fields.length > mostFields && (
            <Text size="sm" className="quiet" mt={4}>
              {formatNumber(sums.fields.length - mostFields)} more fields differ.
            </Text>
          )}
        </section>
      )}
    </Group>
  );
}

function fieldWords({ changed, added, removed }: Comparison['fields'][number]): string {
  return [
    changed > 0 && `other values in ${formatNumber(changed)}`,
    added > 0 && `added in ${formatNumber(added)}`,
    removed > 0 && `missing in ${formatNumber(removed)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function StateSums({ statuses }: { statuses: Comparison['statuses'] }) {
  return (
    <Table
      w="auto"
      aria-label="Records by state in both runs"
      withRowBorders={false}
      verticalSpacing={2}
      className="figures"
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th>First run</Table.Th>
          <Table.Th>Second run</Table.Th>
          <Table.Th ta="right">Records</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {statuses.map(({ before, after, records }) => (
          <Table.Tr key={`${before} ${after}`}>
            <Table.Td>
              <StateMark state={before} />
            </Table.Td>
            <Table.Td>
              <StateMark state={after} />
            </Table.Td>
            <Table.Td ta="right">{formatNumber(records)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
