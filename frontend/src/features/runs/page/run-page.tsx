import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from 'react-router';
import { runQuery } from '@/api/runs';
import { QuerySection } from '@/components/feedback/query-section';
import { tabTitle } from '../run-progress';
import { RunHeader } from './run-header';
import { RunTabs } from './run-tabs';
import { useProgressIcon } from './use-progress-icon';

export function RunPage() {
  const { id = '' } = useParams();
  const query = useQuery(runQuery(id));
  useProgressIcon(query.data);

  return (
    <QuerySection name="The run" query={query}>
      {(run) => (
        <Stack gap="sm">
          <title>{tabTitle(run)}</title>
          <RunHeader run={run} />
          <RunTabs run={run} />
          <Outlet context={run} />
        </Stack>
      )}
    </QuerySection>
  );
}
