import { Alert, Button, Group, PasswordInput, Stack, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useChangePassword } from '@/api/users';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { fieldMessage } from '@/lib/problems/problem-text';

export function PasswordChange({ username }: { username: string }) {
  const [currentPassword, setCurrentPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const change = useChangePassword();

  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate(
      { currentPassword, newPassword },
      {
        onSuccess: () => {
          setCurrentPassword('');
          setNewPassword('');
        },
      },
    );
  }

  return (
    <section aria-labelledby="password">
      <Title order={2} fz="lg" id="password" mb="xs">
        Password
      </Title>
      <form onSubmit={submit}>
        {/* Password managers need the name to find the entry that changes. */}
        <input type="hidden" name="username" autoComplete="username" value={username} />
        <Stack gap="sm" maw={360}>
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            required
            value={currentPassword}
            onChange={(event) => setCurrentPassword(event.currentTarget.value)}
          />
          <PasswordInput
            label="New password"
            description="12 characters or more; all your other sessions end."
            autoComplete="new-password"
            required
            value={newPassword}
            onChange={(event) => setNewPassword(event.currentTarget.value)}
            error={fieldMessage(change.error, '/newPassword')}
          />
          {change.error !== null && fieldMessage(change.error, '/newPassword') === undefined && (
            <ProblemAlert error={change.error} />
          )}
          {change.isSuccess && <Alert color="green" role="status" title="The password is changed" />}
          <Group>
            <Button type="submit" loading={change.isPending}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}
