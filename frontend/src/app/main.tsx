import './mantine.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { Providers } from './providers';
import { createRouter, fetchPagesAhead } from './router';

/** What a page reads from the service comes after its code; what is fetched ahead waits for both. */
const millisecondsOfTheFirstPage = 4000;

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no element with the id root.');
}
createRoot(root).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={createRouter()} />
    </Providers>
  </StrictMode>,
);
window.addEventListener('load', () => setTimeout(fetchPagesAhead, millisecondsOfTheFirstPage), {
  once: true,
});
