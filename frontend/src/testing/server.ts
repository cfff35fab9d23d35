import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';

/**
 * The mock service of the unit tests; each test defines its answers. It knows no models, no users, no sums and one image unless
 * a test says so.
 */
export const server = setupServer(
  http.get('*/api/v1/me', () => HttpResponse.json({ singleUser: true, role: 'ADMIN', projects: [] })),
  http.get('*/api/v1/runs/totals', () =>
    HttpResponse.json({ runs: 0, active: 0, records: 0, succeeded: 0, failed: 0, skipped: 0 }),
  ),
  http.get('*/api/v1/datasets/totals', () => HttpResponse.json({ datasets: 0, records: 0, bytes: 0 })),
  http.get('*/api/v1/pipelines/totals', () => HttpResponse.json({ pipelines: 0 })),
  http.get('*/api/v1/llm/upstreams', () =>
    HttpResponse.json({ items: [], runBudget: '1.00', trialBudget: '0.10', defaultMaxOutputTokens: 4096 }),
  ),
  http.get('*/api/v1/images', () => HttpResponse.json({ items: [{ name: 'default', isDefault: true }] })),
);
