import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { environmentQuery } from '@/api/environments';
import type { SavedPipeline } from '@/api/types';
import { PackageChanges } from '@/components/environment/package-changes';
import { isInWork } from '@/lib/environments/environment';

/** What changed in the packages between two versions of a pipeline; nothing when neither has any. */
export function PackageDifference({ before, after }: { before: SavedPipeline; after: SavedPipeline }) {
  const [old, current] = [usePackages(before), usePackages(after)];
  if (before.environmentId == null && after.environmentId == null) {
    return null;
  }
  return (
    <section aria-labelledby="packages-heading" style={{ marginBottom: 16 }}>
      <Title order={2} fz="md" mb={4} id="packages-heading">
        Packages
      </Title>
      {old === undefined || current === undefined ? (
        <Text size="sm" className="quiet" role="status">
          The versions of the packages are not known yet.
        </Text>
      ) : (
        <PackageChanges before={old} after={current} />
      )}
    </section>
  );
}

/** The packages of a version; undefined until they are resolved. */
function usePackages({ environmentId: id }: SavedPipeline) {
  const { data } = useQuery({ ...environmentQuery(id ?? ''), enabled: id != null });
  if (id == null) {
    return [];
  }
  return data === undefined || (data.packages.length === 0 && isInWork(data.status))
    ? undefined
    : data.packages;
}
