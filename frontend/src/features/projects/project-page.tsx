import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { membersQuery, projectQuery, useDeleteProject } from '@/api/projects';
import type { Project } from '@/api/types';
import { useMe } from '@/api/users';
import { ConfirmButton } from '@/components/feedback/confirm-button';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { QuerySection } from '@/components/feedback/query-section';
import { PageHeading } from '@/components/page-heading';
import { paths } from '@/lib/paths';
import { MemberTable } from './member-table';
import { NewMember } from './new-member';
import { Quotas } from './quotas';

/** What a project may take, and its members. */
export function ProjectPage() {
  const { project: name = '' } = useParams();
  const project = useQuery(projectQuery(name));
  return (
    <>
      <PageHeading title={name}>
        {project.data !== undefined && <DeleteProject project={project.data} />}
      </PageHeading>
      <QuerySection name="The project" query={project}>
        {(found) => (
          <Stack gap="lg">
            {found.quotas != null && <Quotas quotas={found.quotas} />}
            <Members project={found} />
          </Stack>
        )}
      </QuerySection>
    </>
  );
}

function Members({ project }: { project: Project }) {
  const query = useQuery(membersQuery(project.name));
  const me = useMe();
  const mayChange = me !== undefined && !me.singleUser && (me.role === 'ADMIN' || project.role === 'ADMIN');
  return (
    <section aria-labelledby="members">
      <Title order={2} fz="lg" id="members" mb={4}>
        Members
      </Title>
      {mayChange && <NewMember project={project.name} />}
      <QuerySection name="The members" query={query}>
        {({ items }) => (
          <MemberTable
            project={project.name}
            members={items}
            username={me?.username ?? undefined}
            mayChange={mayChange}
          />
        )}
      </QuerySection>
    </section>
  );
}

function DeleteProject({ project }: { project: Project }) {
  const me = useMe();
  const navigate = useNavigate();
  const remove = useDeleteProject(project.name);
  if (me?.role !== 'ADMIN' || me.singleUser || project.name === 'default') {
    return null;
  }
  return (
    <>
      {remove.error !== null && <ProblemAlert error={remove.error} />}
      <ConfirmButton
        question={`Delete the project ${project.name}?`}
        consequence="Its members and API keys go with it. A project that is not empty stays."
        verb="Delete the project"
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => navigate(paths.projects) })}
      >
        Delete
      </ConfirmButton>
    </>
  );
}
