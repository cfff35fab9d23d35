import { Button, Group, Table, Text } from '@mantine/core';
import type { User } from '@/api/types';
import { useCreatePasswordLink, useSignOutUser, useUpdateUser } from '@/api/users';
import { ConfirmButton } from '@/components/feedback/confirm-button';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { RoleSelect } from '@/components/input/role-select';
import { Timestamp } from '@/components/timestamp';
import { LinkShownOnce } from './link-shown-once';

export function UserRow({ user, isMe }: { user: User; isMe: boolean }) {
  const update = useUpdateUser(user.id);
  const link = useCreatePasswordLink(user.id);
  const signOut = useSignOutUser(user.id);
  const error = update.error ?? link.error ?? signOut.error;
  return (
    <>
      <Table.Tr>
        <Table.Td className="cut" maw={240}>
          {user.username}
          {isMe && <span className="quiet"> (you)</span>}
        </Table.Td>
        <Table.Td>
          <RoleSelect
            label={{ said: `Role of ${user.username}` }}
            value={user.role}
            disabled={update.isPending}
            onChange={(role) => update.mutate({ role, active: user.active })}
          />
        </Table.Td>
        <Table.Td>{stateOf(user)}</Table.Td>
        <Table.Td>
          {user.lastSeenAt == null ? (
            <span className="quiet">never</span>
          ) : (
            <Timestamp at={user.lastSeenAt} />
          )}
        </Table.Td>
        <Table.Td>
          <Group gap="xs" justify="flex-end" wrap="nowrap">
            {user.active && (
              <>
                <Button
                  variant="default"
                  aria-label={`Link for a new password of ${user.username}`}
                  onClick={() => link.mutate()}
                >
                  Password link
                </Button>
                <ConfirmButton
                  aria-label={`Sign out ${user.username}`}
                  question={`Sign out ${user.username}?`}
                  consequence="All sessions of the user end. API keys stay valid."
                  verb="Sign out"
                  onConfirm={() => signOut.mutate()}
                >
                  Sign out
                </ConfirmButton>
              </>
            )}
            <ActiveSwitch user={user} onChange={(active) => update.mutate({ role: user.role, active })} />
          </Group>
        </Table.Td>
      </Table.Tr>
      {(error !== null || link.data !== undefined) && (
        <Table.Tr>
          <Table.Td colSpan={5}>
            {error !== null && <ProblemAlert error={error} />}
            {link.data !== undefined && <LinkShownOnce username={user.username} link={link.data} />}
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function ActiveSwitch({ user, onChange }: { user: User; onChange: (active: boolean) => void }) {
  if (!user.active) {
    return (
      <Button variant="default" aria-label={`Activate ${user.username}`} onClick={() => onChange(true)}>
        Activate
      </Button>
    );
  }
  return (
    <ConfirmButton
      aria-label={`Deactivate ${user.username}`}
      question={`Deactivate ${user.username}?`}
      consequence="The user is signed out, and the user's API keys are refused. What the user made stays."
      verb="Deactivate"
      onConfirm={() => onChange(false)}
    >
      Deactivate
    </ConfirmButton>
  );
}

function stateOf(user: User) {
  if (!user.active) {
    return 'Deactivated';
  }
  return user.hasPassword ? (
    'Active'
  ) : (
    <Text size="sm" className="quiet">
      No password yet
    </Text>
  );
}
