import { Table } from '@mantine/core';
import { usePutMember, useRemoveMember } from '@/api/projects';
import type { Member } from '@/api/types';
import { ConfirmButton } from '@/components/feedback/confirm-button';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { RoleSelect } from '@/components/input/role-select';
import { Timestamp } from '@/components/timestamp';
import { roleNames } from '@/lib/roles';

type MemberTableProps = {
  project: string;
  members: Member[];
  username: string | undefined;
  mayChange: boolean;
};

export function MemberTable({ project, members, username, mayChange }: MemberTableProps) {
  const put = usePutMember(project);
  const remove = useRemoveMember(project);
  const error = put.error ?? remove.error;
  return (
    <>
      {error !== null && <ProblemAlert error={error} />}
      <Table.ScrollContainer minWidth={480} type="native" mt="md">
        <Table className="figures" maw={860}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Member</Table.Th>
              <Table.Th>Role</Table.Th>
              <Table.Th>Since</Table.Th>
              {mayChange && <Table.Th ta="right">Remove</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map((member) => (
              <Table.Tr key={member.id}>
                <Table.Td className="cut" maw={160}>
                  {member.username}
                  {member.username === username && <span className="quiet"> (you)</span>}
                  {!member.active && <span className="quiet"> (deactivated)</span>}
                </Table.Td>
                <Table.Td>
                  {mayChange ? (
                    <RoleSelect
                      label={{ said: `Role of ${member.username}` }}
                      value={member.role}
                      disabled={put.isPending}
                      onChange={(role) => put.mutate({ user: member.id, role })}
                    />
                  ) : (
                    roleNames[member.role].name
                  )}
                </Table.Td>
                <Table.Td>
                  <Timestamp at={member.addedAt} />
                </Table.Td>
                {mayChange && (
                  <Table.Td ta="right">
                    <ConfirmButton
                      aria-label={`Remove ${member.username}`}
                      question={`Remove ${member.username} from ${project}?`}
                      consequence="The user sees nothing of the project any more, and the user's API keys for it are refused. What the user made stays."
                      verb="Remove"
                      onConfirm={() => remove.mutate(member.id)}
                    >
                      Remove
                    </ConfirmButton>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
