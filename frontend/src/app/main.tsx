import '@mantine/core/styles.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { prefetchRun } from './prefetch-run';
import { Providers } from './providers';
import { createQueryClient } from './query-client';
import { createRouter, prefetchPages } from './router';

/** Prefetching waits until the first page has loaded its code and its data. */
const millisecondsOfTheFirstPage = 4000;

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no element with the id root.');
}
const queryClient = createQueryClient();
prefetchRun(queryClient, window.location.pathname);
createRoot(root).render(
  <StrictMode>
    <Providers queryClient={queryClient}>
      <RouterProvider router={createRouter()} />
    </Providers>
  </StrictMode>,
);
window.addEventListener('load', () => setTimeout(prefetchPages, millisecondsOfTheFirstPage), {
  once: true,
});
