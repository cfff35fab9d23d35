import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMe, usersQuery } from '@/api/users';
import { QuerySection } from '@/components/feedback/query-section';
import { PageHeading } from '@/components/page-heading';
import { NewUser } from './new-user';
import { UserRow } from './user-row';

/** The users of the service, for administrators. */
export function UsersPage() {
  const query = useQuery(usersQuery());
  const me = useMe();
  return (
    <>
      <PageHeading title="Users" />
      <Text size="sm" className="quiet" mb="sm">
        An administrator manages users and projects. The others have this role in the project "default"; their
        roles in other projects are on the pages of those.
      </Text>
      <QuerySection name="The users" query={query}>
        {({ items }) => (
          <>
            <NewUser />
            <Table.ScrollContainer minWidth={720} type="native" mt="md">
              <Table className="figures">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>User</Table.Th>
                    <Table.Th>Role</Table.Th>
                    <Table.Th>State</Table.Th>
                    <Table.Th>Last seen</Table.Th>
                    <Table.Th ta="right">Change</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((user) => (
                    <UserRow key={user.id} user={user} isMe={user.username === me?.username} />
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          </>
        )}
      </QuerySection>
    </>
  );
}
