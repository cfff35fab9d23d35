import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { HealthCheck } from '@/api/health-rows';
import { healthQuery } from '@/api/system';
import { useMe } from '@/api/users';
import { QuerySection } from '@/components/feedback/query-section';
import { PageHeading } from '@/components/page-heading';
import { StateMark } from '@/components/state/state-mark';
import { paths } from '@/lib/paths';
import { SystemFacts } from './system-facts';

/** What the service holds and does, and its health checks. */
export function SystemPage() {
  const query = useQuery(healthQuery());
  return (
    <>
      <PageHeading title="System" />
      <SystemFacts />
      <QuerySection name="The health checks" query={query}>
        {(health) => (
          <Stack gap="xs" maw={720}>
            {health.checks.length === 0 && (
              <Text className="quiet">
                The service is running. To see its health checks, open this page on its machine, or have your
                network added to DATAPIPELINE_HTTP_OPERATORS.
              </Text>
            )}
            {health.checks.map((check) => (
              <HealthRow key={check.name} check={check} />
            ))}
          </Stack>
        )}
      </QuerySection>
      <Group gap="md" mt="md" fz="sm">
        <Anchor component={Link} to={paths.environments} inherit>
          Environments
        </Anchor>
        <AdministrationLinks />
        <Anchor href="/q/swagger-ui">API reference</Anchor>
        <Anchor href="/q/openapi?format=json">OpenAPI document</Anchor>
        <Anchor href="/q/metrics">Metrics</Anchor>
      </Group>
    </>
  );
}

/** To what only administrators may see. */
function AdministrationLinks() {
  const me = useMe();
  return me?.role === 'ADMIN' ? (
    <>
      <Anchor component={Link} to={paths.secrets} inherit>
        Secrets
      </Anchor>
      <Anchor component={Link} to={paths.audit} inherit>
        Audit
      </Anchor>
    </>
  ) : null;
}

function HealthRow({ check }: { check: HealthCheck }) {
  const up = check.status === 'UP';
  return (
    <div className="panel" style={{ padding: '8px 12px' }}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600}>{check.name}</Text>
        <StateMark state={up ? 'SUCCEEDED' : 'FAILED'}>{up ? 'Up' : 'Down'}</StateMark>
      </Group>
      {Object.entries(check.data ?? {}).map(([name, value]) => (
        <Text key={name} size="sm" className="quiet">
          {name}: {String(value)}
        </Text>
      ))}
    </div>
  );
}
