import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { ProblemError } from '@/lib/problems/problem';
import { aDataset } from '@/testing/builders';
import { server } from '@/testing/server';
import { uploadDataset } from './upload';

const file = new File(['[{"a": 1}]'], 'ä b.json');

function send(signal = new AbortController().signal) {
  return uploadDataset(file, { contentType: 'application/json', signal, onProgress: () => undefined });
}

test('sends the file unchanged, with its name', async () => {
  let received = {};
  server.use(
    http.post('*/api/v1/datasets', async ({ request }) => {
      received = {
        name: new URL(request.url).searchParams.get('name'),
        type: request.headers.get('Content-Type'),
        body: await request.text(),
      };
      return HttpResponse.json(aDataset(), { status: 201 });
    }),
  );

  expect(await send()).toEqual(aDataset());
  expect(received).toEqual({ name: 'ä b.json', type: 'application/json', body: '[{"a": 1}]' });
});

test('sends how to read the file', async () => {
  let received: string | undefined;
  server.use(
    http.post('*/api/v1/datasets', ({ request }) => {
      received = new URL(request.url).searchParams.get('records') ?? undefined;
      return HttpResponse.json(aDataset(), { status: 201 });
    }),
  );

  await uploadDataset(file, {
    contentType: 'application/json',
    readAs: { records: '/a b/~1é' },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });

  expect(received).toBe('/a b/~1é');
});

test('rejects with the position of the error', async () => {
  const position = { record: 0, line: 1, column: 7, byte: 6 };
  server.use(
    http.post('*/api/v1/datasets', () =>
      HttpResponse.json({ title: 'Not valid JSON', status: 400, position }, { status: 400 }),
    ),
  );

  const refusal = (await send().catch((error: unknown) => error)) as ProblemError;

  expect(refusal).toBeInstanceOf(ProblemError);
  expect(refusal.problem.position).toEqual(position);
});

test('stops when it is aborted', async () => {
  server.use(http.post('*/api/v1/datasets', () => new Promise<never>(() => undefined)));
  const control = new AbortController();

  const upload = send(control.signal);
  control.abort();

  await expect(upload).rejects.toMatchObject({ name: 'AbortError' });
});
