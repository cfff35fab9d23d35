import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';

/** The mock service of the unit tests; each test defines its answers. It knows no models and one image unless a test says so. */
export const server = setupServer(
  http.get('*/api/v1/llm/upstreams', () =>
    HttpResponse.json({ items: [], runBudget: '1.00', trialBudget: '0.10', defaultMaxOutputTokens: 4096 }),
  ),
  http.get('*/api/v1/images', () => HttpResponse.json({ items: [{ name: 'default', isDefault: true }] })),
);
