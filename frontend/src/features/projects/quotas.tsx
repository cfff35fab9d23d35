import { Table, Text, Title } from '@mantine/core';
import type { ProjectQuotas } from '@/api/types';
import { formatBytes, formatNumber } from '@/lib/format';

/** What the project may take of what all share, and takes. */
export function Quotas({ quotas }: { quotas: ProjectQuotas }) {
  const rows = [
    { name: 'Open runs', ...shown(quotas.openRuns, formatNumber) },
    { name: 'Datasets and results', ...shown(quotas.storageBytes, formatBytes) },
    { name: 'Trials at one time', ...shown(quotas.trials, formatNumber) },
    {
      name: 'Model calls this month',
      used: `$${quotas.modelMoney.used}`,
      limit: quotas.modelMoney.limit == null ? undefined : `$${quotas.modelMoney.limit}`,
      own: quotas.modelMoney.own,
    },
  ];
  return (
    <section aria-labelledby="quotas">
      <Title order={2} fz="lg" id="quotas" mb={4}>
        Quotas
      </Title>
      <Text size="sm" className="quiet">
        What would take more is refused. Administrators of the service set them.
      </Text>
      <Table.ScrollContainer minWidth={320} type="native" mt="xs">
        <Table className="figures" maw={860}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Quota</Table.Th>
              <Table.Th ta="right">Taken</Table.Th>
              <Table.Th ta="right">At most</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ name, used, limit, own }) => (
              <Table.Tr key={name}>
                <Table.Td>{name}</Table.Td>
                <Table.Td ta="right">{used}</Table.Td>
                <Table.Td ta="right">
                  {limit ?? <span className="quiet">no limit</span>}
                  {limit !== undefined && !own && <span className="quiet"> (settings)</span>}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function shown(quota: ProjectQuotas['openRuns'], format: (value: number) => string) {
  return {
    used: format(quota.used),
    limit: quota.limit == null ? undefined : format(quota.limit),
    own: quota.own,
  };
}
