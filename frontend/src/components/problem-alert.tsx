import { Alert, Button, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';

type ProblemAlertProps = {
  title: string;
  detail?: string | undefined;
  details?: string[];
  onRetry?: () => void;
  children?: ReactNode;
};

/** What happened, why, and what to do. */
export function ProblemAlert({ title, detail, details = [], onRetry, children }: ProblemAlertProps) {
  return (
    <Alert color="red" role="alert" title={title}>
      {detail !== undefined && <Text size="sm">{detail}</Text>}
      {details.length > 0 && (
        <List size="sm" mt={4}>
          {details.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
      {children}
      {onRetry !== undefined && (
        <Button variant="default" mt="xs" onClick={onRetry}>
          Ask again
        </Button>
      )}
    </Alert>
  );
}
