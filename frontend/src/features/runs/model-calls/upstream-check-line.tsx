import { Button, Group, Text } from '@mantine/core';
import { useUpstreamCheck } from '@/api/model-calls';
import { StateMark } from '@/components/state/state-mark';
import { problemText } from '@/lib/problems/problem-text';

/** Asks an upstream whether it accepts the key now, before the run is resumed. */
export function UpstreamCheckLine({ upstream }: { upstream: string }) {
  const check = useUpstreamCheck(upstream);
  const failure = check.error === null ? check.data?.problem : problemText(check.error).title;
  return (
    <Group gap="sm">
      <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
        Check {upstream}
      </Button>
      <Text size="sm" component="div" role="status">
        {check.data?.isUsable && <StateMark state="SUCCEEDED">It answers and accepts the key</StateMark>}
        {failure != null && <StateMark state="FAILED">{failure}</StateMark>}
      </Text>
    </Group>
  );
}
