import { Button, Group, Progress, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { FileDrop } from '@/components/input/file-drop';
import { formatBytes, percentOf } from '@/lib/format';
import { RefusedDataset } from './refused-dataset';
import { UploadedDatasets } from './uploaded-datasets';
import type { DatasetUpload } from './use-dataset-upload';

type Source = 'file' | 'paste' | 'uploaded';

/** Chooses a file, pasted text or an uploaded dataset. */
export function DatasetChooser({
  upload,
  onChosen,
}: {
  upload: DatasetUpload;
  onChosen: (id: string) => void;
}) {
  const [source, setSource] = useState<Source>('file');

  return (
    <Stack gap="sm">
      <SegmentedControl
        fullWidth
        aria-label="Source of the data"
        value={source}
        onChange={(value) => setSource(value as Source)}
        data={[
          { value: 'file', label: 'File' },
          { value: 'paste', label: 'Paste' },
          { value: 'uploaded', label: 'Uploaded' },
        ]}
      />
      {upload.progress === undefined ? (
        <>
          {source === 'file' && (
            <FileDrop
              label="Drop a file here, or click to choose one"
              hint="JSON, NDJSON, Excel, Parquet, or CSV and TSV with a header row; also in gzip or zip"
              accept=".json,.geojson,.ndjson,.jsonl,.csv,.tsv,.tab,.txt,.xlsx,.xlsm,.parquet,.gz,.zip,application/json,text/csv,text/plain"
              onFile={(file) => upload.send(file)}
            />
          )}
          {source === 'paste' && <PasteForm onText={(text) => upload.send(new File([text], 'pasted'))} />}
          {source === 'uploaded' && <UploadedDatasets onChosen={onChosen} />}
        </>
      ) : (
        <UploadProgress {...upload.progress} onCancel={upload.cancel} />
      )}
      {upload.refused !== undefined && (
        <RefusedDataset
          refused={upload.refused}
          onReadAs={(file, readAs) => upload.send(file, { ...upload.refused?.readAs, ...readAs })}
        />
      )}
    </Stack>
  );
}

type UploadProgressProps = { name: string; sentBytes: number; totalBytes: number; onCancel: () => void };

export function UploadProgress({ name, sentBytes, totalBytes, onCancel }: UploadProgressProps) {
  const percent = percentOf(sentBytes, totalBytes);
  return (
    <div>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" className="cut" dir="auto">
          {name}
        </Text>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
      <Progress value={percent} my={6} aria-label="Upload" />
      <Text size="sm" className="quiet figures">
        {sentBytes >= totalBytes
          ? 'Reading records…'
          : `${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`}
      </Text>
    </div>
  );
}

function PasteForm({ onText }: { onText: (text: string) => void }) {
  const [text, setText] = useState('');
  return (
    <Stack gap={6}>
      <Textarea
        label="Records"
        placeholder={'[{"id": 1, "text": "hello"}]'}
        autosize
        minRows={6}
        maxRows={14}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        styles={{ input: { fontFamily: 'var(--mono)', fontSize: 12 } }}
      />
      <Button disabled={text.trim() === ''} onClick={() => onText(text)}>
        Use these records
      </Button>
    </Stack>
  );
}
