import { Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ApiKey, ProjectOfCaller } from '@/api/types';
import { apiKeysQuery, useDeleteApiKey } from '@/api/users';
import { ConfirmButton } from '@/components/feedback/confirm-button';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { QuerySection } from '@/components/feedback/query-section';
import { Timestamp } from '@/components/timestamp';
import { roleNames } from '@/lib/roles';
import { NewApiKey } from './new-api-key';

/** The API keys of the person, for programs. */
export function ApiKeys({ projects }: { projects: ProjectOfCaller[] }) {
  const query = useQuery(apiKeysQuery());
  return (
    <section aria-labelledby="api-keys">
      <Title order={2} fz="lg" id="api-keys" mb={4}>
        API keys
      </Title>
      <Text size="sm" className="quiet" mb="xs">
        Programs send one in the header <span className="mono">Authorization: Bearer dpf_…</span>
      </Text>
      <NewApiKey projects={projects} />
      <QuerySection name="Your API keys" query={query}>
        {({ items }) => (items.length === 0 ? null : <KeyTable keys={items} />)}
      </QuerySection>
    </section>
  );
}

function KeyTable({ keys }: { keys: ApiKey[] }) {
  const remove = useDeleteApiKey();
  return (
    <>
      {remove.error !== null && <ProblemAlert error={remove.error} />}
      <Table.ScrollContainer minWidth={720} type="native" mt="sm">
        <Table className="figures">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Key</Table.Th>
              <Table.Th>Project</Table.Th>
              <Table.Th>Role</Table.Th>
              <Table.Th>Last used</Table.Th>
              <Table.Th>Expires</Table.Th>
              <Table.Th ta="right">Delete</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {keys.map((key) => (
              <Table.Tr key={key.id}>
                <Table.Td className="cut" maw={150} dir="auto">
                  {key.name}
                </Table.Td>
                <Table.Td className="mono">{`dpf_${key.id}_…`}</Table.Td>
                <Table.Td className="cut" maw={110}>
                  {key.project}
                </Table.Td>
                <Table.Td>{roleNames[key.role].name}</Table.Td>
                <Table.Td>
                  {key.lastUsedAt == null ? (
                    <span className="quiet">never</span>
                  ) : (
                    <Timestamp at={key.lastUsedAt} />
                  )}
                </Table.Td>
                <Table.Td>
                  {key.expiresAt == null ? (
                    <span className="quiet">never</span>
                  ) : (
                    <Timestamp at={key.expiresAt} />
                  )}
                </Table.Td>
                <Table.Td ta="right">
                  <ConfirmButton
                    aria-label={`Delete the key ${key.name}`}
                    question="Delete the API key?"
                    consequence={`Programs that use "${key.name}" are refused from now on.`}
                    verb="Delete the key"
                    onConfirm={() => remove.mutate(key.id)}
                  >
                    Delete
                  </ConfirmButton>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
