import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { secretsQuery, useDeleteSecret } from '@/api/secrets';
import type { Secret } from '@/api/types';
import { ConfirmButton } from '@/components/feedback/confirm-button';
import { EmptyState } from '@/components/feedback/empty-state';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { QuerySection } from '@/components/feedback/query-section';
import { PageHeading } from '@/components/page-heading';
import { Timestamp } from '@/components/timestamp';
import { NewSecret } from './new-secret';

/** The secrets of the instance, for administrators. */
export function SecretsPage() {
  const query = useQuery(secretsQuery());
  return (
    <>
      <PageHeading title="Secrets" />
      <Text size="sm" className="quiet" mb="sm" maw={720}>
        The service sends them to upstreams of models and package indexes whose settings name them (
        <span className="mono">api-key-secret</span>, <span className="mono">password-secret</span>). A new
        value is used at once. No script, log or answer gets one.
      </Text>
      <QuerySection name="The secrets" query={query}>
        {({ items }) => (
          <>
            <NewSecret names={items.map(({ name }) => name)} />
            {items.length === 0 ? (
              <EmptyState title="No secrets yet">Set one above.</EmptyState>
            ) : (
              <SecretTable secrets={items} />
            )}
          </>
        )}
      </QuerySection>
    </>
  );
}

function SecretTable({ secrets }: { secrets: Secret[] }) {
  const remove = useDeleteSecret();
  return (
    <>
      {remove.error !== null && <ProblemAlert error={remove.error} />}
      <Table.ScrollContainer minWidth={640} type="native" mt="md">
        <Table className="figures">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Set by</Table.Th>
              <Table.Th>Set at</Table.Th>
              <Table.Th>Made at</Table.Th>
              <Table.Th ta="right">Delete</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {secrets.map((secret) => (
              <Table.Tr key={secret.name}>
                <Table.Td className="cut mono" maw={280}>
                  {secret.name}
                </Table.Td>
                <Table.Td className="cut" maw={200}>
                  {secret.changedBy}
                </Table.Td>
                <Table.Td>
                  <Timestamp at={secret.changedAt} />
                </Table.Td>
                <Table.Td>
                  <Timestamp at={secret.createdAt} />
                </Table.Td>
                <Table.Td ta="right">
                  <ConfirmButton
                    aria-label={`Delete the secret ${secret.name}`}
                    question="Delete the secret?"
                    consequence={`Upstreams and indexes whose settings name "${secret.name}" are called without it from now on.`}
                    verb="Delete the secret"
                    onConfirm={() => remove.mutate(secret.name)}
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
