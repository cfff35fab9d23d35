import { Alert, Button, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { problemText } from '@/lib/problems/problem-text';

type ProblemAlertProps = {
  error: unknown;
  onRetry?: () => void;
  children?: ReactNode;
};

/** An error: what happened, why, and what to do. */
export function ProblemAlert({ error, onRetry, children }: ProblemAlertProps) {
  const { title, detail, details } = problemText(error);
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
          Retry
        </Button>
      )}
    </Alert>
  );
}
