import { Table, Text } from '@mantine/core';
import { type PackageChange, packageChanges } from '@/lib/environments/package-changes';

type Versioned = { name: string; version: string };

/** What changed from one lock to another. */
export function PackageChanges({
  before,
  after,
}: {
  before: readonly Versioned[];
  after: readonly Versioned[];
}) {
  const changes = packageChanges(before, after);
  if (changes.length === 0) {
    return (
      <Text size="sm" className="quiet">
        The packages and their versions are the same.
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={320} type="native">
      <Table className="figures" aria-label="Changed packages">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Package</Table.Th>
            <Table.Th>Before</Table.Th>
            <Table.Th>After</Table.Th>
            <Table.Th>Change</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map((change) => (
            <Table.Tr key={change.name}>
              <Table.Td className="mono">{change.name}</Table.Td>
              <Table.Td className="mono">{change.before ?? '–'}</Table.Td>
              <Table.Td className="mono">{change.after ?? '–'}</Table.Td>
              <Table.Td>{kindOf(change)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function kindOf({ before, after }: PackageChange): string {
  if (before === undefined) {
    return 'Added';
  }
  return after === undefined ? 'Removed' : 'Another version';
}
