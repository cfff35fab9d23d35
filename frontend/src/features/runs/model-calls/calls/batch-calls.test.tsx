import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { someStageCalls } from '@/testing/builders';
import { renderPart } from '@/testing/render-part';
import { server } from '@/testing/server';
import { BatchCalls } from './batch-calls';

function serve(items: object[]) {
  server.use(
    http.get('*/api/v1/runs/r1/llm/batches', ({ request }) => {
      const query = new URL(request.url).searchParams;
      expect([query.get('offset'), query.get('limit')]).toEqual(['3', '1']);
      return HttpResponse.json({ items, withoutBatch: null, offset: 3, limit: 1, total: 10 });
    }),
  );
}

function once({ events }: typeof server): Promise<unknown> {
  return new Promise((resolve) => events.on('response:mocked', resolve));
}

test('says what the calls of a batch took and cost', async () => {
  const sums = someStageCalls({ calls: 40, failed: 2, replays: 3, cacheHits: 1, waitingMillis: 1500 });
  serve([{ ...sums, batch: 3, promptTokens: 9000, completionTokens: 1000, cost: '0.12' }]);
  renderPart(<BatchCalls runId="r1" batch={3} active={false} />);

  expect(
    await screen.findByText('40 model calls, 2 failed, 4 reused, 10K tokens, waited 1.5 s, $0.12'),
  ).toBeVisible();
});

test('says nothing of a batch without calls', async () => {
  serve([]);
  const answered = once(server);
  const { container } = renderPart(<BatchCalls runId="r1" batch={3} active={false} />);

  await answered;
  expect(container).not.toHaveTextContent('call');
});
