import { Alert, Button, CopyButton, Group, Text } from '@mantine/core';

/** A secret that is shown this once, to be copied. */
export function ShownOnce({ title, value, hint }: { title: string; value: string; hint: string }) {
  return (
    <Alert color="green" role="status" title={title} mt="sm">
      <Text size="sm" mb={6}>
        {hint}
      </Text>
      <Group gap="xs" align="flex-start">
        <Text className="mono" style={{ overflowWrap: 'anywhere' }} flex={1} miw={200}>
          {value}
        </Text>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}
