import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { chosenProject } from '@/api/http/project';
import type { ProjectOfCaller, Role } from '@/api/types';
import { useCreateApiKey } from '@/api/users';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { RoleSelect } from '@/components/input/role-select';
import { ShownOnce } from '@/components/input/shown-once';
import { roleChoices } from '@/lib/roles';

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '', label: 'Never' },
];

const millisecondsPerDay = 86_400_000;

/** A key belongs to one of the projects, with the own role in it at most. */
export function NewApiKey({ projects }: { projects: ProjectOfCaller[] }) {
  const [name, setName] = useState('');
  const [projectId, setProjectId] = useState(chosenProject());
  const project = projects.find(({ id }) => id === projectId) ?? projects[0];
  const [wanted, setRole] = useState<Role>();
  const [days, setDays] = useState('90');
  const create = useCreateApiKey();
  if (project === undefined) {
    return null;
  }
  const role = roleChoices(project.role).find(({ value }) => value === wanted)?.value ?? project.role;
  const place = projects.length > 1 ? { project: project.id } : {};

  function submit(event: FormEvent) {
    event.preventDefault();
    const expiry =
      days === ''
        ? {}
        : { expiresAt: new Date(Date.now() + Number(days) * millisecondsPerDay).toISOString() };
    create.mutate({ name, role, ...place, ...expiry }, { onSuccess: () => setName('') });
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
          {projects.length > 1 && (
            <NativeSelect
              label="Project"
              maw={220}
              data={projects.map(({ id, name: label }) => ({ value: id, label }))}
              value={project.id}
              onChange={(event) => setProjectId(event.currentTarget.value)}
            />
          )}
          <RoleSelect label="Role" value={role} most={project.role} onChange={setRole} />
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
