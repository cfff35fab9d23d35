import { Title } from '@mantine/core';
import type { Run } from '@/api/types';
import { PackageChanges } from '@/components/environment/package-changes';

/** What differs in the packages of two runs; nothing when neither has any. */
export function ComparedPackages({ first, second }: { first: Run; second: Run }) {
  if (first.environment == null && second.environment == null) {
    return null;
  }
  return (
    <section aria-labelledby="packages-heading">
      <Title order={2} fz="md" mb={4} id="packages-heading">
        Packages
      </Title>
      <PackageChanges before={first.environment?.packages ?? []} after={second.environment?.packages ?? []} />
    </section>
  );
}
