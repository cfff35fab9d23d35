import { ProblemError, problemOf, ServiceUnreachableError } from '@/lib/problems/problem';
import type { Dataset } from '../types';
import { projectHeaders } from './project';
import { serviceState } from './service-state';

export type UploadProgress = { sentBytes: number; totalBytes: number };

/** How to read a file, in place of what the service detects: see the parameters of the API. */
export type ReadAs = { separator?: string; records?: string; member?: string; sheet?: string };

type UploadOptions = {
  contentType: string;
  readAs?: ReadAs | undefined;
  signal: AbortSignal;
  onProgress: (progress: UploadProgress) => void;
};

/**
 * Uploads a file as a new dataset. Rejects with {@link ProblemError} when the service rejects it, and with an
 * AbortError when the signal fires; the service then keeps nothing. Uses XMLHttpRequest, because fetch reports no
 * upload progress.
 */
export function uploadDataset(file: File, options: UploadOptions): Promise<Dataset> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ name: file.name, ...options.readAs });
    request.open('POST', `/api/v1/datasets?${query}`);
    request.setRequestHeader('Content-Type', options.contentType);
    for (const [name, value] of Object.entries(projectHeaders('/api/v1/datasets'))) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) =>
      options.onProgress({ sentBytes: event.loaded, totalBytes: event.total });
    request.onload = () => {
      serviceState.report(true);
      const body = parsed(request.responseText);
      if (request.status === 201 || request.status === 200) {
        resolve(body as Dataset);
      } else {
        reject(new ProblemError(problemOf(request.status, body)));
      }
    };
    request.onerror = () => reject(new ServiceUnreachableError());
    options.signal.addEventListener('abort', () => {
      request.abort();
      reject(new DOMException('The upload was cancelled.', 'AbortError'));
    });
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
