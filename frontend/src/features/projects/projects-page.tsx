import { Anchor, Button, Group, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { projectsQuery, useCreateProject } from '@/api/projects';
import { useMe } from '@/api/users';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { QuerySection } from '@/components/feedback/query-section';
import { PageHeading } from '@/components/page-heading';
import { Timestamp } from '@/components/timestamp';
import { paths } from '@/lib/paths';
import { fieldMessage } from '@/lib/problems/problem-text';
import { roleNames } from '@/lib/roles';

/** The projects of the person; all of them for administrators of the service, who also make new ones. */
export function ProjectsPage() {
  const query = useQuery(projectsQuery());
  const me = useMe();
  return (
    <>
      <PageHeading title="Projects" />
      <Text size="sm" className="quiet" mb="sm">
        Datasets, pipelines, runs and environments belong to a project. Who is no member of it does not see
        them.
      </Text>
      {me?.role === 'ADMIN' && !me.singleUser && <NewProject />}
      <QuerySection name="The projects" query={query}>
        {({ items }) => (
          <Table.ScrollContainer minWidth={320} type="native" mt="md">
            <Table className="figures" maw={860}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Project</Table.Th>
                  <Table.Th>Your role</Table.Th>
                  <Table.Th>Made</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((project) => (
                  <Table.Tr key={project.id}>
                    <Table.Td className="cut" maw={320}>
                      <Anchor component={Link} to={paths.project(project.name)}>
                        {project.name}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>
                      {project.role == null ? (
                        <span className="quiet">no member</span>
                      ) : (
                        roleNames[project.role].name
                      )}
                    </Table.Td>
                    <Table.Td>
                      <Timestamp at={project.createdAt} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </QuerySection>
    </>
  );
}

function NewProject() {
  const [name, setName] = useState('');
  const create = useCreateProject();

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate(name, { onSuccess: () => setName('') });
  }

  return (
    <>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="xs">
          <TextInput
            label="Name"
            required
            maxLength={63}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldMessage(create.error, '/name') !== undefined}
          />
          <Button type="submit" loading={create.isPending}>
            Make a project
          </Button>
        </Group>
      </form>
      {create.error !== null && <ProblemAlert error={create.error} />}
    </>
  );
}
