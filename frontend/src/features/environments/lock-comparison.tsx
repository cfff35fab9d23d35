import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { environmentQuery } from '@/api/environments';
import type { Environment } from '@/api/types';
import { PackageChanges } from '@/components/environment/package-changes';
import { QuerySection } from '@/components/feedback/query-section';
import { isInWork } from '@/lib/environments/environment';
import { shortId } from '@/lib/format';

type LockComparisonProps = { environment: Environment; against: string };

/** What an update has changed. */
export function LockComparison({ environment, against }: LockComparisonProps) {
  const before = useQuery(environmentQuery(against));
  return (
    <section aria-labelledby="changes-heading">
      <Title order={2} fz="md" mb={4} id="changes-heading">
        Compared with {shortId(against)}
      </Title>
      <QuerySection name="The environment before the update" query={before}>
        {({ packages }) =>
          environment.packages.length === 0 && isInWork(environment.status) ? (
            <Text size="sm" className="quiet" role="status">
              The versions are being resolved.
            </Text>
          ) : (
            <PackageChanges before={packages} after={environment.packages} />
          )
        }
      </QuerySection>
      <Text size="sm" className="quiet" mt={6}>
        Saved pipelines keep their versions. To use these, choose Update packages on the page of a pipeline.
      </Text>
    </section>
  );
}
