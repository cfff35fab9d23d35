import { Button, CopyButton, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { estimateQuery } from '@/api/downloads';
import type { Run } from '@/api/types';
import { ProblemAlert } from '@/components/feedback/problem-alert';
import { formatBytes, formatCount } from '@/lib/format';
import { shellQuoted } from '@/lib/program-text';
import { type DownloadChoice, downloadAddress, downloadQuery } from './download-choice';
import classes from './download-form.module.css';

/** How large the download is, and its link: the browser saves it, so it never passes through the memory of the page. */
export function DownloadLink({ run, choice }: { run: Run; choice: DownloadChoice }) {
  const isEmpty = choice.content === 'table' && choice.columns.length === 0;
  const query = downloadQuery(choice);
  const address = downloadAddress(run.id, query);
  const estimate = useQuery({ ...estimateQuery(run.id, query), enabled: !isEmpty });
  if (isEmpty) {
    return <Text size="sm">Choose at least one column.</Text>;
  }
  return (
    <>
      {estimate.error !== null && <ProblemAlert error={estimate.error} />}
      <Group justify="space-between" gap="sm" className={classes.end}>
        <div className={classes.size} role="status">
          <Text size="sm" className="figures">
            {estimate.data === undefined ? 'Looking how large it is…' : sizeWords(estimate.data)}
          </Text>
          <Text size="xs" className={`quiet mono ${classes.name}`}>
            {estimate.data?.fileName}
          </Text>
        </div>
        <Group gap={6}>
          <CopyButton value={`curl -OJ ${shellQuoted(window.location.origin + address)}`}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy as curl'}
              </Button>
            )}
          </CopyButton>
          <Button component="a" href={address} download={estimate.data?.fileName ?? ''}>
            Download
          </Button>
        </Group>
      </Group>
    </>
  );
}

function sizeWords(estimate: {
  records?: number | null;
  bytes?: number | null;
  bytesPerRecord: number;
}): string {
  if (estimate.records == null || estimate.bytes == null) {
    return `About ${formatBytes(estimate.bytesPerRecord)} for each record that is found`;
  }
  return `${formatCount(estimate.records, 'record')}, about ${formatBytes(estimate.bytes)}`;
}
