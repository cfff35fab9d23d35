import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { ProblemError, ServiceUnreachableError } from '@/lib/problems/problem';
import { aRun } from '@/testing/builders';
import { server } from '@/testing/server';
import { client, dataOf } from './client';
import { serviceState } from './service-state';

function askForRun() {
  return dataOf(client.GET('/api/v1/runs/{id}', { params: { path: { id: 'r1' } } }));
}

test('keeps every field of a problem', async () => {
  const problem = {
    type: 'about:blank',
    title: 'There is no such run',
    status: 404,
    detail: 'It may have been deleted.',
    code: 'RUN_NOT_FOUND',
  };
  server.use(http.get('*/api/v1/runs/r1', () => HttpResponse.json(problem, { status: 404 })));

  const refusal = await askForRun().catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(ProblemError);
  expect((refusal as ProblemError).problem).toEqual(problem);
});

test('sends the ETag of the last answer and reuses that answer after 304', async () => {
  const tags: (string | null)[] = [];
  server.use(
    http.get('*/api/v1/runs/r1', ({ request }) => {
      const tag = request.headers.get('If-None-Match');
      tags.push(tag);
      return tag === '"1"'
        ? new HttpResponse(null, { status: 304, headers: { ETag: '"1"' } })
        : HttpResponse.json(aRun({ name: 'watched' }), { headers: { ETag: '"1"' } });
    }),
  );

  const first = await askForRun();
  const second = await askForRun();

  expect(tags).toEqual([null, '"1"']);
  expect(first).toMatchObject({ name: 'watched' });
  expect(second).toEqual(first);
});

test('reports when the service is unreachable and when it is back', async () => {
  server.use(http.get('*/api/v1/runs/r1', () => HttpResponse.error()));
  await expect(askForRun()).rejects.toBeInstanceOf(ServiceUnreachableError);
  expect(serviceState.isUnreachable()).toBe(true);

  server.use(http.get('*/api/v1/runs/r1', () => HttpResponse.json(aRun())));
  await askForRun();

  expect(serviceState.isUnreachable()).toBe(false);
});
