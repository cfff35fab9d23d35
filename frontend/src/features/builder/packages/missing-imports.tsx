import { Button, Group, Text } from '@mantine/core';
import type { MissingPackage } from './package-use';

type MissingImportsProps = { missing: MissingPackage[]; onAdd: (name: string) => void };

/** Imports that fail unless a package is added, each with a button that adds it. */
export function MissingImports({ missing, onAdd }: MissingImportsProps) {
  return missing.map(({ module, name, script }) => (
    <Group key={name} gap={8} role="group" aria-label={`Package of ${module}`}>
      <Text size="sm">
        <code className="mono">import {module}</code> in {script} needs {name}.
      </Text>
      <Button size="compact-xs" variant="light" onClick={() => onAdd(name)}>
        Add {name}
      </Button>
    </Group>
  ));
}
