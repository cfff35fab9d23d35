import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { datasetKeys } from '@/api/datasets';
import { type UploadProgress, uploadDataset } from '@/api/upload';
import { datasetContentType } from '@/lib/dataset-format';
import { type Excerpt, excerptAt } from '@/lib/excerpt';
import { ProblemError } from '@/lib/problem';

const headBytes = 64 * 1024;

export type Refused = { error: unknown; excerpt: Excerpt | undefined };

/** Sends files as datasets, one at a time; `progress` is there while one is under way. */
export function useDatasetUpload(onUploaded: (id: string) => void) {
  const queryClient = useQueryClient();
  const [progress, setProgress] = useState<(UploadProgress & { name: string }) | undefined>();
  const [refused, setRefused] = useState<Refused | undefined>();
  const control = useRef<AbortController | undefined>(undefined);

  async function send(file: File) {
    control.current = new AbortController();
    const { signal } = control.current;
    setRefused(undefined);
    setProgress({ name: file.name, sentBytes: 0, totalBytes: file.size });
    try {
      const dataset = await uploadDataset(file, {
        contentType: datasetContentType(file.name, await file.slice(0, headBytes).text()),
        signal,
        onProgress: (now) => setProgress({ name: file.name, ...now }),
      });
      queryClient.setQueryData(datasetKeys.one(dataset.id), dataset);
      await queryClient.invalidateQueries({ queryKey: datasetKeys.list() });
      onUploaded(dataset.id);
    } catch (error) {
      if (!signal.aborted) {
        setRefused({ error, excerpt: await excerptOf(file, error) });
      }
    } finally {
      setProgress(undefined);
    }
  }

  return { send, cancel: () => control.current?.abort(), progress, refused };
}

async function excerptOf(file: File, error: unknown): Promise<Excerpt | undefined> {
  const position = error instanceof ProblemError ? error.problem.position : undefined;
  return position?.line == null ? undefined : excerptAt(file, { line: position.line, byte: position.byte });
}
