import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isWithoutUsers, meQuery, signInWithPassword, useSignIn } from '@/api/users';
import { EmptyState } from '@/components/feedback/empty-state';
import { CredentialForm } from './credential-form';

/** Shown in place of every page while nobody is signed in; the page comes back after signing in. */
export function SignInPage() {
  const me = useQuery(meQuery());
  const signIn = useSignIn(signInWithPassword);
  if (isWithoutUsers(me.error)) {
    return (
      <EmptyState title="There are no users yet">
        <title>Sign in · Data Pipeline</title>
        <Text size="sm">The log of the service has a link with which to make the first administrator.</Text>
        <Button variant="default" onClick={() => me.refetch()}>
          Check again
        </Button>
      </EmptyState>
    );
  }
  return (
    <CredentialForm
      title="Sign in"
      asksUsername
      isNewPassword={false}
      verb="Sign in"
      pending={signIn.isPending}
      error={signIn.error}
      onSubmit={signIn.mutate}
    />
  );
}
