import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { fieldMessage } from '@/lib/problems/problem-text';

type Input = { username: string; password: string };

type CredentialFormProps = {
  title: string;
  /** What stands between the title and the fields. */
  children?: ReactNode;
  asksUsername: boolean;
  /** Whether the password is a new one: password managers then offer to make one. */
  isNewPassword: boolean;
  verb: string;
  pending: boolean;
  error: Error | null;
  onSubmit: (input: Input) => void;
};

/** A form for username and password that password managers fill in and keep. */
export function CredentialForm({
  title,
  children,
  asksUsername,
  isNewPassword,
  verb,
  pending,
  error,
  onSubmit,
}: CredentialFormProps) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');

  const isShownAtField = ['/username', '/password'].some((field) => fieldMessage(error, field) !== undefined);

  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit({ username, password });
  }

  return (
    <Stack maw={360} mx="auto" py="xl" gap="sm">
      <title>{`${title} · Data Pipeline`}</title>
      <Title order={1} fz="xl">
        {title}
      </Title>
      {children}
      <form onSubmit={submit}>
        <Stack gap="sm">
          {asksUsername && (
            <TextInput
              label="Username"
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              size="sm"
              required
              data-autofocus
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
              error={fieldMessage(error, '/username')}
            />
          )}
          <PasswordInput
            label={isNewPassword ? 'New password' : 'Password'}
            description={isNewPassword ? '12 characters or more; a few words make a good one.' : undefined}
            name="password"
            autoComplete={isNewPassword ? 'new-password' : 'current-password'}
            size="sm"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={fieldMessage(error, '/password')}
          />
          {error !== null && !isShownAtField && <ProblemAlert error={error} />}
          <Button type="submit" size="sm" loading={pending}>
            {verb}
          </Button>
        </Stack>
      </form>
      {asksUsername && !isNewPassword && (
        <Text size="sm" className="quiet">
          Forgot the password? An administrator can give you a link to choose a new one.
        </Text>
      )}
    </Stack>
  );
}
