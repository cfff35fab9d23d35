import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { environmentQuery } from '@/api/environments';
import type { SavedPipeline } from '@/api/types';
import { EnvironmentMark } from '@/components/environment/environment-mark';
import { packagesText } from '@/lib/environments/environment';
import { paths } from '@/lib/paths';

/** The packages of a version: what was asked for, and what that means. */
export function VersionPackages({ pipeline }: { pipeline: SavedPipeline }) {
  const { environmentId: id } = pipeline;
  const { data } = useQuery({ ...environmentQuery(id ?? ''), enabled: id != null });
  if (id == null) {
    return null;
  }
  const declared =
    data?.declared.map(({ requirement }) => requirement) ?? pipeline.environment?.packages ?? [];
  return (
    <Group gap="2px 12px" mb="sm" fz="sm" role="group" aria-label="Packages">
      <Text span inherit>
        Packages: <span className="mono">{declared.join(', ')}</span>
      </Text>
      {data !== undefined && <EnvironmentMark status={data.status} />}
      <Anchor component={Link} to={paths.environment(id)} inherit>
        {packagesText(data?.packages ?? [], data?.size) ?? 'Environment'}
      </Anchor>
    </Group>
  );
}
