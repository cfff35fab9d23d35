import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Role } from '@/api/types';
import { useCreateUser } from '@/api/users';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { RoleSelect } from '@/components/input/role-select';
import { fieldMessage } from '@/lib/problems/problem-text';
import { LinkShownOnce } from './link-shown-once';

export function NewUser() {
  const [username, setUsername] = useState('');
  const [role, setRole] = useState<Role>('EDITOR');
  const create = useCreateUser();

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate({ username, role }, { onSuccess: () => setUsername('') });
  }

  return (
    <>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="xs">
          <TextInput
            label="Username"
            required
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
            error={fieldMessage(create.error, '/username') !== undefined}
          />
          <RoleSelect label="Role" value={role} onChange={setRole} />
          <Button type="submit" loading={create.isPending}>
            Make a user
          </Button>
        </Group>
      </form>
      {create.error !== null && <ProblemAlert error={create.error} />}
      {create.data !== undefined && (
        <LinkShownOnce username={create.data.user.username} link={create.data.passwordLink} />
      )}
    </>
  );
}
