import { Table } from '@mantine/core';
import type { LockedPackage } from '@/lib/environments/environment';
import { formatBytes } from '@/lib/format';
import classes from './environment.module.css';

type PackageTableProps = {
  packages: readonly LockedPackage[];
  /** Those that no script needs, as far as the page can tell. */
  unused?: ReadonlySet<string>;
};

/** The packages of an environment at their versions, and which of them needs which. */
export function PackageTable({ packages, unused }: PackageTableProps) {
  return (
    <Table.ScrollContainer minWidth={320} type="native">
      <Table className="figures" aria-label="Packages at their versions">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Package</Table.Th>
            <Table.Th>Version</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
            <Table.Th>Required by</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {packages.map(({ name, version, size, requiredBy }) => {
            const isUnused = unused?.has(name) ?? false;
            return (
              <Table.Tr key={name} className={isUnused ? classes.unused : undefined}>
                <Table.Td className="mono">{name}</Table.Td>
                <Table.Td className="mono">{version}</Table.Td>
                <Table.Td ta="right">{size < 0 ? '' : formatBytes(size)}</Table.Td>
                <Table.Td>
                  {requiredBy.length === 0 ? 'the pipeline' : requiredBy.join(', ')}
                  {isUnused && ', imported by no script'}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
