import { Progress, Text } from '@mantine/core';
import { formatBytes, percentOf } from '@/lib/format';

type DiskBarProps = { disk: { used: number; limit: number } };

/** How much of the room for environments is taken. */
export function DiskBar({ disk: { used, limit } }: DiskBarProps) {
  const percent = percentOf(used, limit);
  const text = `${formatBytes(used)} of ${formatBytes(limit)} on disk`;
  return (
    <div style={{ marginBottom: 12 }}>
      <Text size="sm" className="figures" mb={4}>
        {text}
        <span className="quiet">
          {' '}
          · When it is full, the environments that nobody has used for longest are removed. They are installed
          again when they are needed.
        </span>
      </Text>
      <Progress.Root
        size={8}
        maw={720}
        role="progressbar"
        aria-label="Disk taken by environments"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={text}
      >
        <Progress.Section
          value={percent}
          color={percent > 90 ? 'var(--state-partial)' : 'var(--state-running)'}
          withAria={false}
        />
      </Progress.Root>
    </div>
  );
}
