import { Anchor, Button, Group, Table } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { environmentsQuery } from '@/api/environments';
import type { Environment } from '@/api/types';
import { EnvironmentMark } from '@/components/environment/environment-mark';
import { EmptyState } from '@/components/feedback/empty-state';
import { QuerySection } from '@/components/feedback/query-section';
import { PageHeading } from '@/components/page-heading';
import { Timestamp } from '@/components/timestamp';
import { formatBytes, formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import { DiskBar } from './disk-bar';
import { declaredText, usersText } from './environment-text';

const environmentsPerPage = 50;

export function EnvironmentsPage() {
  const query = useInfiniteQuery(environmentsQuery(environmentsPerPage));
  return (
    <>
      <PageHeading title="Environments" />
      <QuerySection name="The list of environments" query={query}>
        {({ items, disk }) =>
          items.length === 0 ? (
            <NoEnvironments />
          ) : (
            <>
              {disk !== undefined && <DiskBar disk={disk} />}
              <EnvironmentTable environments={items} />
              {query.hasNextPage && (
                <Group mt="sm" justify="center">
                  <Button
                    variant="default"
                    loading={query.isFetchingNextPage}
                    onClick={() => query.fetchNextPage()}
                  >
                    Show more
                  </Button>
                </Group>
              )}
            </>
          )
        }
      </QuerySection>
    </>
  );
}

function NoEnvironments() {
  return (
    <EmptyState title="No environments yet">
      An environment is built when a pipeline names packages. Add some under New run, beside the scripts.
      <Button component={Link} to={paths.newRun()}>
        Build a pipeline
      </Button>
    </EmptyState>
  );
}

function EnvironmentTable({ environments }: { environments: Environment[] }) {
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table highlightOnHover className="figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Asked for</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th ta="right">Packages</Table.Th>
            <Table.Th ta="right">On disk</Table.Th>
            <Table.Th>Used by</Table.Th>
            <Table.Th>Last used</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {environments.map((environment) => (
            <Table.Tr key={environment.id}>
              <Table.Td className="cut mono" maw={320}>
                <Anchor component={Link} to={paths.environment(environment.id)} inherit>
                  {declaredText(environment)}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <EnvironmentMark status={environment.status} />
              </Table.Td>
              <Table.Td ta="right">
                {environment.packages.length === 0 ? '' : formatNumber(environment.packages.length)}
              </Table.Td>
              <Table.Td ta="right">
                {environment.size == null || environment.status !== 'READY'
                  ? ''
                  : formatBytes(environment.size)}
              </Table.Td>
              <Table.Td className="cut" maw={240} dir="auto">
                {usersText(environment.usedBy)}
              </Table.Td>
              <Table.Td>
                <Timestamp at={environment.lastUsedAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
