import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Role } from '@/api/types';
import { useCreateApiKey } from '@/api/users';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { ShownOnce } from '@/components/input/shown-once';
import { roleChoices } from '@/lib/roles';

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '', label: 'Never' },
];

const millisecondsPerDay = 86_400_000;

export function NewApiKey({ role: ownRole }: { role: Role }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>(ownRole);
  const [days, setDays] = useState('90');
  const create = useCreateApiKey();

  function submit(event: FormEvent) {
    event.preventDefault();
    const expiry =
      days === ''
        ? {}
        : { expiresAt: new Date(Date.now() + Number(days) * millisecondsPerDay).toISOString() };
    create.mutate({ name, role, ...expiry }, { onSuccess: () => setName('') });
  }

  return (
    <>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="xs">
          <TextInput
            label="What the key is for"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NativeSelect
            label="Role"
            data={roleChoices(ownRole)}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          />
          <NativeSelect
            label="Expires after"
            data={lifetimes}
            value={days}
            onChange={(event) => setDays(event.currentTarget.value)}
          />
          <Button type="submit" loading={create.isPending}>
            Make a key
          </Button>
        </Group>
      </form>
      {create.error !== null && <ProblemAlert error={create.error} />}
      {create.data !== undefined && (
        <ShownOnce
          title={`The key for ${create.data.info.name}`}
          value={create.data.key}
          hint="Copy it now: it is not shown again."
        />
      )}
    </>
  );
}
