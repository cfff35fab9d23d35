import { Button, Menu, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import {
  declarationOf,
  environmentQuery,
  lockAddress,
  useEnvironmentLog,
  useRemoveEnvironment,
  useUpdatedEnvironment,
} from '@/api/environments';
import type { Environment } from '@/api/types';
import { EnvironmentBuild } from '@/components/environment/environment-build';
import { PackageTable } from '@/components/environment/package-table';
import { WarningList } from '@/components/environment/warning-list';
import { ConfirmButton } from '@/components/feedback/confirm-button';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { QuerySection } from '@/components/feedback/query-section';
import { Icon } from '@/components/icon';
import { PageHeading } from '@/components/page-heading';
import { isInWork, packagesText } from '@/lib/environments/environment';
import { paths } from '@/lib/paths';
import { EnvironmentFacts } from './environment-facts';
import { declaredText } from './environment-text';
import { LockComparison } from './lock-comparison';

export function EnvironmentPage() {
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const query = useQuery(environmentQuery(id));
  return (
    <QuerySection name="The environment" query={query}>
      {(environment) => (
        <EnvironmentView key={id} environment={environment} against={search.get('against') ?? undefined} />
      )}
    </QuerySection>
  );
}

type EnvironmentViewProps = { environment: Environment; against: string | undefined };

function EnvironmentView({ environment, against }: EnvironmentViewProps) {
  const { packages, warnings } = environment;
  const resolved = packagesText(packages, environment.size);
  return (
    <>
      <EnvironmentHeading environment={environment} />
      <Stack gap="lg">
        <EnvironmentFacts environment={environment} />
        {against !== undefined && <LockComparison environment={environment} against={against} />}
        <BuildSection environment={environment} />
        <WarningList warnings={warnings} />
        {resolved !== undefined && (
          <section aria-labelledby="packages-heading">
            <Title order={2} fz="md" id="packages-heading">
              {resolved}
            </Title>
            <PackageTable packages={packages} />
          </section>
        )}
      </Stack>
    </>
  );
}

function EnvironmentHeading({ environment }: { environment: Environment }) {
  const navigate = useNavigate();
  const hasFailed = environment.status === 'FAILED';
  const remove = useRemoveEnvironment(environment.id, () => navigate(paths.environments));
  const update = useUpdatedEnvironment(declarationOf(environment), ({ id }) =>
    navigate(paths.environment(id, hasFailed ? {} : { against: environment.id })),
  );
  const refused = remove.error ?? update.error;
  return (
    <>
      <PageHeading title={declaredText(environment)}>
        {environment.packages.length > 0 && <LockMenu id={environment.id} />}
        <Button
          variant="default"
          loading={update.isPending}
          disabled={isInWork(environment.status)}
          title="Resolves the same requirements again and shows what changed"
          onClick={() => update.mutate()}
        >
          {hasFailed ? 'Try again' : 'Look for updates'}
        </Button>
        <ConfirmButton
          question="Remove this environment?"
          consequence="Its files are removed from the disk. A pipeline or a run that needs it again gets the same packages at the same versions, after a new build."
          verb="Remove the environment"
          onConfirm={() => remove.mutate()}
        >
          Remove
        </ConfirmButton>
      </PageHeading>
      {refused !== null && <ProblemAlert error={refused} />}
    </>
  );
}

/** Downloads of the lock, for installing the same packages elsewhere. */
function LockMenu({ id }: { id: string }) {
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="chevron" size={12} />}>
          Download the lock
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={lockAddress(id, 'pylock')} download="pylock.toml">
          pylock.toml
        </Menu.Item>
        <Menu.Item component="a" href={lockAddress(id, 'requirements')} download="requirements.txt">
          requirements.txt with hashes
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function BuildSection({ environment }: { environment: Environment }) {
  const inWork = isInWork(environment.status) || environment.status === 'FAILED';
  const [isShown, setShown] = useState(inWork);
  const text = useEnvironmentLog(environment, isShown);
  return (
    <section aria-labelledby="build-heading">
      <Title order={2} fz="md" mb={6} id="build-heading">
        Build
      </Title>
      <EnvironmentBuild environment={environment} log={{ isShown, text, onToggle: setShown }}>
        <Text size="sm" mt={4}>
          Correct the packages where they are named, beside the scripts of the pipeline, and save or run it
          again.
        </Text>
      </EnvironmentBuild>
    </section>
  );
}
