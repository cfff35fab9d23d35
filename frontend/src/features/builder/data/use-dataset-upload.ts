import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { datasetKeys, deleteDataset } from '@/api/datasets';
import { type ReadAs, type UploadProgress, uploadDataset } from '@/api/http/upload';
import { datasetContentType } from '@/lib/dataset-format';
import { ProblemError } from '@/lib/problems/problem';
import { type Excerpt, excerptAt } from '@/lib/values/excerpt';

/** A file that the service refused; it can be read in another way. */
export type Refused = { file: File; readAs: ReadAs; error: unknown; excerpt: Excerpt | undefined };

/** A file that became a dataset. */
export type Sent = { file: File; readAs: ReadAs; id: string };

export type DatasetUpload = ReturnType<typeof useDatasetUpload>;

/** Uploads files as datasets, one at a time; `progress` is set during an upload. */
export function useDatasetUpload(onUploaded: (id: string) => void) {
  const queryClient = useQueryClient();
  const [progress, setProgress] = useState<(UploadProgress & { name: string }) | undefined>();
  const [refused, setRefused] = useState<Refused | undefined>();
  const [sent, setSent] = useState<Sent | undefined>();
  const control = useRef<AbortController | undefined>(undefined);

  async function send(file: File, readAs: ReadAs = {}) {
    control.current = new AbortController();
    const { signal } = control.current;
    setRefused(undefined);
    setProgress({ name: file.name, sentBytes: 0, totalBytes: file.size });
    try {
      const dataset = await uploadDataset(file, {
        contentType: datasetContentType(file.name),
        readAs,
        signal,
        onProgress: (now) => setProgress({ name: file.name, ...now }),
      });
      queryClient.setQueryData(datasetKeys.one(dataset.id), dataset);
      await queryClient.invalidateQueries({ queryKey: datasetKeys.list() });
      setSent({ file, readAs, id: dataset.id });
      onUploaded(dataset.id);
      return true;
    } catch (error) {
      if (!signal.aborted) {
        setRefused({ file, readAs, error, excerpt: await excerptOf(file, error) });
      }
      return false;
    } finally {
      setProgress(undefined);
    }
  }

  /** Uploads the file of a dataset again, read in another way, and deletes that dataset. */
  async function readAgain(before: Sent, readAs: ReadAs) {
    if (await send(before.file, { ...before.readAs, ...readAs })) {
      await discard(before);
    }
  }

  /** Deletes a dataset that was uploaded just now and is not wanted. */
  async function discard({ id }: Sent) {
    // Nothing uses it yet, so it does no harm if it stays.
    await deleteDataset(id).catch(() => undefined);
    await queryClient.invalidateQueries({ queryKey: datasetKeys.list() });
  }

  return { send, readAgain, discard, sent, cancel: () => control.current?.abort(), progress, refused };
}

async function excerptOf(file: File, error: unknown): Promise<Excerpt | undefined> {
  const position = error instanceof ProblemError ? error.problem.position : undefined;
  return position?.line == null ? undefined : excerptAt(file, { line: position.line, byte: position.byte });
}
