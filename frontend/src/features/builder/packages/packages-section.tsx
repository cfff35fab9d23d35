import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { type Dispatch, useState } from 'react';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import type { Draft } from '../draft/draft';
import type { DraftAction } from '../draft/draft-reducer';
import { EnvironmentStatusLine } from './environment-status-line';
import { ImageChoice } from './image-choice';
import { MemoryChoice } from './memory-choice';
import { MissingImports } from './missing-imports';
import { missingPackages } from './package-use';
import classes from './packages-section.module.css';
import { blockRequirementNames } from './python-imports';
import { normalName, requirementName, withRequirement } from './requirement-lines';
import { RequirementsEditor } from './requirements-editor';
import { ResolvedPackages } from './resolved-packages';
import { allScripts, type DraftEnvironment } from './use-draft-environment';

type PackagesSectionProps = {
  draft: Draft;
  packages: DraftEnvironment;
  dispatch: Dispatch<DraftAction>;
};

/** The packages that the scripts may import: what is asked for, what that means, and the build of it. */
export function PackagesSection({ draft, packages, dispatch }: PackagesSectionProps) {
  const [wasOpened, setOpened] = useState(false);
  const { environment, error, isCurrent, problems, scriptsWithBlock, typedLine } = packages;
  const isOpen = wasOpened || draft.packages !== '' || scriptsWithBlock.length > 0;
  const change = (text: string) => dispatch({ type: 'packages changed', packages: text });
  const missing = missingPackages(allScripts(draft.steps), namesGiven(draft, packages));

  return (
    <section className={classes.section} aria-labelledby="packages-heading">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Title order={3} fz="sm" id="packages-heading">
            Packages
          </Title>
          {!isOpen && (
            <Text size="xs" className="quiet">
              The scripts use the standard library only.
            </Text>
          )}
        </div>
        {isOpen ? (
          <EnvironmentStatusLine environment={environment} isCurrent={isCurrent} typedLine={typedLine} />
        ) : (
          <Button size="compact-xs" variant="subtle" onClick={() => setOpened(true)}>
            Add packages
          </Button>
        )}
      </Group>
      <Stack gap="xs" mt={isOpen || missing.length > 0 ? 'xs' : 0}>
        {isOpen && (
          <div>
            <RequirementsEditor
              text={draft.packages}
              problems={problems}
              onChange={change}
              onTypedLine={packages.onTypedLine}
            />
            <Text size="xs" className="quiet" mt={4}>
              One requirement per line, for example <span className="mono">{'pandas>=2,<3'}</span>. A name may
              have versions, extras and markers.
            </Text>
          </div>
        )}
        <ImageChoice image={draft.image} onChoose={(image) => dispatch({ type: 'image chosen', image })} />
        {(isOpen || draft.memory !== undefined) && (
          <MemoryChoice
            memory={draft.memory}
            onChoose={(memory) => dispatch({ type: 'memory chosen', memory })}
          />
        )}
        <MissingImports missing={missing} onAdd={(name) => change(withRequirement(draft.packages, name))} />
        {error !== null && <ProblemAlert error={error} />}
        {environment !== undefined && (
          <div className={isCurrent ? undefined : classes.outdated}>
            <ResolvedPackages
              environment={environment}
              declaration={packages.declaration}
              scripts={allScripts(draft.steps)}
            />
          </div>
        )}
      </Stack>
    </section>
  );
}

/** The packages that the scripts will find: those of the environment, and those asked for since. */
function namesGiven({ steps }: Draft, { lines, environment, isCurrent }: DraftEnvironment): string[] {
  return [
    ...lines.map(({ text }) => requirementName(text) ?? ''),
    ...allScripts(steps).flatMap(({ source }) => blockRequirementNames(source)),
    ...(isCurrent ? (environment?.packages ?? []).map(({ name }) => normalName(name)) : []),
  ];
}
