import { Button, Collapse, List, Stack, Text } from '@mantine/core';
import { useId, useState } from 'react';
import type { Declaration } from '@/api/environments';
import type { Environment, Script } from '@/api/types';
import { PackageTable } from '@/components/environment/package-table';
import { WarningList } from '@/components/environment/warning-list';
import { Icon } from '@/components/icon';
import { packagesText } from '@/lib/environments/environment';
import { DraftEnvironmentBuild } from './draft-environment-build';
import { unusedPackages } from './package-use';

type ResolvedPackagesProps = { environment: Environment; declaration: Declaration; scripts: Script[] };

/** What the requirements mean: the packages at their versions, warnings, and the build until it is over. */
export function ResolvedPackages({ environment, declaration, scripts }: ResolvedPackagesProps) {
  const [isOpen, setOpen] = useState(false);
  const table = useId();
  const { packages, declared, warnings, status } = environment;
  const fromScripts = declared.filter(({ from }) => from.startsWith('script '));
  const summary = packagesText(packages, environment.size);
  return (
    <Stack gap="xs">
      {fromScripts.length > 0 && (
        <List size="sm" listStyleType="none" aria-label="Packages that scripts name">
          {fromScripts.map(({ requirement, from }) => (
            <List.Item key={`${requirement} ${from}`}>
              <span className="mono">{requirement}</span>{' '}
              <span className="quiet">from the block of {from.replace(/^script /, '')}</span>
            </List.Item>
          ))}
        </List>
      )}
      {summary !== undefined && (
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            ml={-8}
            leftSection={<Icon name={isOpen ? 'chevron' : 'right'} size={12} />}
            aria-expanded={isOpen}
            aria-controls={table}
            onClick={() => setOpen(!isOpen)}
          >
            {summary}
          </Button>
          <Collapse expanded={isOpen} transitionDuration={0} id={table}>
            <PackageTable packages={packages} unused={unusedPackages(packages, scripts)} />
          </Collapse>
        </div>
      )}
      <WarningList warnings={warnings} />
      {status === 'EVICTED' && (
        <Text size="sm" className="quiet">
          Its files were removed from the disk. They are installed again when the pipeline is tried or run.
        </Text>
      )}
      {(status === 'RESOLVING' || status === 'BUILDING' || status === 'FAILED') && (
        <DraftEnvironmentBuild environment={environment} declaration={declaration} />
      )}
    </Stack>
  );
}
