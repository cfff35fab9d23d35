import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { chosenProject } from '@/api/http/project';
import type { Me } from '@/api/types';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { ProjectSwitch } from './project-switch';
import { SignInGate } from './sign-in-gate';

const both: Me['projects'] = [
  { id: 'p1', name: 'default', role: 'EDITOR' },
  { id: 'p2', name: 'maps', role: 'VIEWER' },
];

function signedIn(projects: Me['projects']) {
  const me: Me = { singleUser: false, username: 'ada', role: 'VIEWER', projects };
  server.use(http.get('*/api/v1/me', () => HttpResponse.json(me)));
}

const routes = [
  {
    path: '/*',
    element: (
      <SignInGate>
        <ProjectSwitch />
        <p>page</p>
      </SignInGate>
    ),
  },
];

beforeEach(() => localStorage.clear());

test('members of several projects choose one, and are led home', async () => {
  signedIn(both);
  const { router } = renderPage(routes, '/runs');

  const choice = await screen.findByLabelText('Project');
  expect(choice).toHaveValue('p1');
  await userEvent.selectOptions(choice, 'maps');

  expect(chosenProject()).toBe('p2');
  expect(router.state.location.pathname).toBe('/');
});

test('members of one project have nothing to choose', async () => {
  signedIn(both.slice(0, 1));
  renderPage(routes, '/');

  expect(await screen.findByText('page')).toBeInTheDocument();
  expect(screen.queryByLabelText('Project')).not.toBeInTheDocument();
});
