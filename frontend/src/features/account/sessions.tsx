import { Button, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { sessionsQuery, useEndSession } from '@/api/users';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { QuerySection } from '@/components/feedback/query-section';
import { Timestamp } from '@/components/timestamp';
import { browserName } from './browser-name';

/** Where the person is signed in. */
export function Sessions() {
  const query = useQuery(sessionsQuery());
  const end = useEndSession();
  return (
    <section aria-labelledby="sessions">
      <Title order={2} fz="lg" id="sessions" mb="xs">
        Sessions
      </Title>
      {end.error !== null && <ProblemAlert error={end.error} />}
      <QuerySection name="Your sessions" query={query}>
        {({ items }) => (
          <Table.ScrollContainer minWidth={560} type="native">
            <Table className="figures">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Browser</Table.Th>
                  <Table.Th>Address</Table.Th>
                  <Table.Th>Signed in</Table.Th>
                  <Table.Th>Last used</Table.Th>
                  <Table.Th ta="right">End</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((session) => (
                  <Table.Tr key={session.id}>
                    <Table.Td className="cut" maw={240} title={session.browser ?? undefined}>
                      {browserName(session.browser)}
                    </Table.Td>
                    <Table.Td>{session.address}</Table.Td>
                    <Table.Td>
                      <Timestamp at={session.createdAt} />
                    </Table.Td>
                    <Table.Td>
                      <Timestamp at={session.lastUsedAt} />
                    </Table.Td>
                    <Table.Td ta="right">
                      {session.current ? (
                        <Text size="sm" className="quiet">
                          This one
                        </Text>
                      ) : (
                        <Button
                          variant="default"
                          aria-label={`End the session of ${browserName(session.browser)}`}
                          onClick={() => end.mutate(session.id)}
                        >
                          End
                        </Button>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </QuerySection>
    </section>
  );
}
