import { Alert, Button, Group, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { usePutSecret } from '@/api/secrets';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { fieldMessage } from '@/lib/problems/problem-text';

/** Sets a secret. The value stays in its field and is gone from there when it has been sent. */
export function NewSecret({ names }: { names: string[] }) {
  const [name, setName] = useState('');
  const [isTyped, setTyped] = useState(false);
  const value = useRef<HTMLInputElement>(null);
  const put = usePutSecret(() => value.current?.value ?? '');
  const replaces = names.includes(name);

  function submit(event: FormEvent) {
    event.preventDefault();
    put.mutate(name, {
      onSuccess: () => {
        if (value.current !== null) {
          value.current.value = '';
        }
        setTyped(false);
        setName('');
      },
    });
  }

  return (
    <>
      <form onSubmit={submit} autoComplete="off">
        <Group align="flex-end" gap="xs">
          <TextInput
            label="Name"
            required
            maxLength={64}
            pattern="[A-Za-z0-9_\-]+"
            title="Letters a to z, digits, _ and -"
            autoCapitalize="none"
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label="Value"
            size="xs"
            required
            ref={value}
            w={320}
            maxLength={8192}
            autoComplete="new-password"
            onInput={(event) => setTyped(event.currentTarget.value !== '')}
            error={fieldMessage(put.error, '/value') !== undefined}
          />
          <Button type="submit" loading={put.isPending} disabled={!isTyped}>
            {replaces ? 'Replace the value' : 'Set the secret'}
          </Button>
        </Group>
      </form>
      {put.error !== null && <ProblemAlert error={put.error} />}
      <div role="status">
        {put.isSuccess && !isTyped && (
          <Alert color="green" py={6} mt="sm">
            {put.variables} is set. Nobody can read its value again.
          </Alert>
        )}
      </div>
    </>
  );
}
