import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { signInWithPassword, userKeys, useSignIn } from '@/api/users';
import { EmptyState } from '@/components/feedback/empty-state';
import { CredentialForm } from './credential-form';

/** Shown in place of every page while nobody is signed in; the page comes back after signing in. */
export function SignInPage({ hasUsers }: { hasUsers: boolean }) {
  const queryClient = useQueryClient();
  const signIn = useSignIn(signInWithPassword);
  if (!hasUsers) {
    return (
      <EmptyState title="There are no users yet">
        <title>Sign in · Data Pipeline</title>
        <Text size="sm">The log of the service has a link with which to make the first administrator.</Text>
        <Button
          variant="default"
          onClick={() => queryClient.invalidateQueries({ queryKey: userKeys.me, exact: true })}
        >
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
