import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { datasetRecordsQuery } from '@/api/datasets';
import type { Dataset } from '@/api/types';
import { QuerySection } from '@/components/feedback/query-section';
import { RecordPreview } from '@/components/record/record-preview';
import { formatNumber } from '@/lib/format';
import { windowSize } from '@/lib/window-size';

const maxRecordsPerPage = 50;

export function DatasetRecords({ dataset }: { dataset: Dataset }) {
  const recordsPerPage = windowSize(maxRecordsPerPage, dataset);
  const [search, setSearch] = useSearchParams();
  const offset = Math.max(0, Number(search.get('offset')) || 0);
  const query = useQuery(datasetRecordsQuery(dataset.id, offset, recordsPerPage));
  const show = (next: number) => setSearch(next === 0 ? {} : { offset: String(next) });
  return (
    <QuerySection name="The records" query={query}>
      {(page) => (
        <>
          <RecordPreview records={page.items} firstIndex={page.offset} />
          <Group justify="space-between" mt="xs">
            <Text size="sm" className="quiet figures">
              Records {formatNumber(page.offset)} to {formatNumber(page.offset + page.items.length - 1)} of{' '}
              {formatNumber(page.total)}
            </Text>
            <Group gap={6}>
              <Button
                variant="default"
                disabled={offset === 0}
                onClick={() => show(Math.max(0, offset - recordsPerPage))}
              >
                Previous
              </Button>
              <Button
                variant="default"
                disabled={offset + recordsPerPage >= page.total}
                onClick={() => show(offset + recordsPerPage)}
              >
                Next
              </Button>
            </Group>
          </Group>
        </>
      )}
    </QuerySection>
  );
}
