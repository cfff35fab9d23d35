import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Me } from '@/api/types';
import { signOut, useMe } from '@/api/users';
import { ConfirmButton } from '@/components/feedback/confirm-button';
import { EmptyState } from '@/components/feedback/empty-state';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { RowSkeleton } from '@/components/feedback/row-skeleton';
import { PageHeading } from '@/components/page-heading';
import { paths } from '@/lib/paths';
import { roleNames } from '@/lib/roles';
import { ApiKeys } from './api-keys';
import { PasswordChange } from './password-change';
import { Sessions } from './sessions';

/** The account of whoever is signed in. */
export function AccountPage() {
  const me = useMe();
  if (me === undefined) {
    return <RowSkeleton />;
  }
  return me.singleUser ? <NoUsers /> : <Account me={me} />;
}

function NoUsers() {
  return (
    <>
      <PageHeading title="Account" />
      <EmptyState title="The service has no users">
        <Text size="sm">Start it with DATAPIPELINE_AUTH=required to have some.</Text>
      </EmptyState>
    </>
  );
}

function Account({ me }: { me: Me }) {
  return (
    <>
      <PageHeading title={me.username ?? ''}>
        <Button variant="default" component={Link} to={paths.projects}>
          Projects
        </Button>
        {me.role === 'ADMIN' && (
          <>
            <Button variant="default" component={Link} to={paths.users}>
              Users
            </Button>
            <Button variant="default" component={Link} to={paths.secrets}>
              Secrets
            </Button>
            <Button variant="default" component={Link} to={paths.audit}>
              Audit
            </Button>
          </>
        )}
        <SignOut />
      </PageHeading>
      <Text size="sm" className="quiet" mb="md">
        <Roles me={me} />
      </Text>
      <Stack gap="xl" maw={860}>
        <PasswordChange username={me.username ?? ''} />
        <Sessions />
        <ApiKeys projects={me.projects} />
      </Stack>
    </>
  );
}

function Roles({ me }: { me: Me }) {
  const [only] = me.projects;
  const service = me.role === 'ADMIN' ? 'You manage users and projects. ' : '';
  if (only === undefined) {
    return `${service}You are a member of no project.`;
  }
  return me.projects.length === 1
    ? `${service}In the project ${only.name} you are ${roleNames[only.role].phrase}.`
    : `${service}You are a member of ${me.projects.length} projects.`;
}

function SignOut() {
  const leave = useMutation({ mutationFn: signOut });
  return (
    <Group gap="xs">
      {leave.error !== null && <ProblemAlert error={leave.error} />}
      <ConfirmButton
        question="Sign out everywhere?"
        consequence="All your sessions end, this one too. Your API keys stay valid until you delete them."
        verb="Sign out everywhere"
        onConfirm={() => leave.mutate('everywhere')}
      >
        Sign out everywhere
      </ConfirmButton>
      <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate('here')}>
        Sign out
      </Button>
    </Group>
  );
}
