import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { pipelineVersionQuery } from '@/api/pipelines';
import type { Run } from '@/api/types';
import { changedScripts } from '@/lib/changed-scripts';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';

/** The saved pipeline that a run came from, and whether its scripts have changed since, as a retry may change them. */
export function PipelineOrigin({ run }: { run: Run }) {
  const { id, version, name, steps } = run.pipeline;
  // A deleted pipeline has no versions.
  const saved = useQuery({
    ...pipelineVersionQuery(id ?? '', version ?? 0),
    enabled: id != null && version != null,
    retry: false,
  });
  if (id == null || version == null) {
    return null;
  }
  const changed = saved.data === undefined ? 0 : changedScripts(saved.data.steps, steps).length;
  return (
    <Text size="sm" mb="sm">
      {changed === 0 ? 'From' : 'Changed since'}{' '}
      <Anchor component={Link} to={paths.pipeline(id, { version })} underline="always" dir="auto">
        {name}, version {version}
      </Anchor>
      {changed > 0 && `: ${formatCount(changed, 'script')} differ${changed === 1 ? 's' : ''}`}
    </Text>
  );
}
