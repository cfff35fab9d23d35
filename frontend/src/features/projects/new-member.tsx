import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { usePutMember } from '@/api/projects';
import type { Role } from '@/api/types';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { RoleSelect } from '@/components/input/role-select';

/** Adds somebody who has an account already. */
export function NewMember({ project }: { project: string }) {
  const [user, setUser] = useState('');
  const [role, setRole] = useState<Role>('EDITOR');
  const put = usePutMember(project);

  function submit(event: FormEvent) {
    event.preventDefault();
    put.mutate({ user: user.trim(), role }, { onSuccess: () => setUser('') });
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
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
          />
          <RoleSelect label="Role" value={role} onChange={setRole} />
          <Button type="submit" loading={put.isPending}>
            Add a member
          </Button>
        </Group>
      </form>
      {put.error !== null && <ProblemAlert error={put.error} />}
    </>
  );
}
