import { Text } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { choosePassword, createFirstAdministrator, useSignIn } from '@/api/users';
import { paths } from '@/lib/paths';
import { CredentialForm } from './credential-form';

/** Where the link of an administrator leads. */
export function ChoosePasswordPage() {
  const secret = useSecretOfLink();
  const navigate = useNavigate();
  const choose = useSignIn(
    ({ password }: { password: string }) => choosePassword({ secret, password }),
    () => navigate(paths.home, { replace: true }),
  );
  return (
    <CredentialForm
      title="Choose a password"
      asksUsername={false}
      isNewPassword
      verb="Save and sign in"
      pending={choose.isPending}
      error={choose.error}
      onSubmit={choose.mutate}
    >
      <Text size="sm" className="quiet">
        The link works once. All sessions that you have elsewhere end.
      </Text>
    </CredentialForm>
  );
}

/** Where the link in the log of a service without users leads. */
export function FirstAdministratorPage() {
  const secret = useSecretOfLink();
  const navigate = useNavigate();
  const create = useSignIn(
    (input: { username: string; password: string }) => createFirstAdministrator({ secret, ...input }),
    () => navigate(paths.users, { replace: true }),
  );
  return (
    <CredentialForm
      title="Make the first administrator"
      asksUsername
      isNewPassword
      verb="Make the administrator"
      pending={create.isPending}
      error={create.error}
      onSubmit={create.mutate}
    >
      <Text size="sm" className="quiet">
        There are no users yet. The administrator makes the others.
      </Text>
    </CredentialForm>
  );
}

/** What stands behind the # of the address, which is removed from there and from the history of the browser. */
function useSecretOfLink(): string {
  const [secret] = useState(() => {
    const text = window.location.hash.slice(1);
    window.history.replaceState(window.history.state, '', window.location.pathname);
    return text;
  });
  return secret;
}
