import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { Me, Member, Project } from '@/api/types';
import { renderPage } from '@/testing/render-page';
import { server } from '@/testing/server';
import { ProjectPage } from './project-page';

const routes = [{ path: '/projects/:project', element: <ProjectPage /> }];

const project: Project = { id: 'p1', name: 'maps', createdAt: '2026-11-30T10:00:00Z', role: 'ADMIN' };
const ada: Member = {
  id: 'u1',
  username: 'ada',
  active: true,
  role: 'ADMIN',
  addedAt: '2026-11-30T10:00:00Z',
};
const grace: Member = { ...ada, id: 'u2', username: 'grace', role: 'VIEWER' };

function isMember(role: Me['role']) {
  const me: Me = {
    singleUser: false,
    username: 'ada',
    role: 'VIEWER',
    projects: [{ id: 'p1', name: 'maps', role }],
  };
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(me)),
    http.get('*/api/v1/projects/maps', () => HttpResponse.json({ ...project, role })),
    http.get('*/api/v1/projects/maps/members', () => HttpResponse.json({ items: [ada, grace] })),
  );
}

beforeEach(() => isMember('ADMIN'));

test('an administrator of the project adds a member and changes a role', async () => {
  const changes: unknown[] = [];
  server.use(
    http.put('*/api/v1/projects/maps/members/:user', async ({ request, params }) => {
      changes.push([params.user, await request.json()]);
      return HttpResponse.json(grace);
    }),
  );
  renderPage(routes, '/projects/maps');

  await userEvent.type(await screen.findByLabelText(/Username/), ' alan ');
  await userEvent.click(screen.getByRole('button', { name: 'Add a member' }));
  await userEvent.selectOptions(await screen.findByLabelText('Role of grace'), 'Editor');

  expect(changes).toEqual([
    ['alan', { role: 'EDITOR' }],
    ['u2', { role: 'EDITOR' }],
  ]);
});

test('asks before a member is removed', async () => {
  const removed: unknown[] = [];
  server.use(
    http.delete('*/api/v1/projects/maps/members/:user', ({ params }) => {
      removed.push(params.user);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderPage(routes, '/projects/maps');

  await userEvent.click(await screen.findByRole('button', { name: 'Remove grace' }));
  expect(removed).toEqual([]);
  await userEvent.click(await screen.findByRole('button', { name: 'Remove' }));

  expect(removed).toEqual(['u2']);
});

test('a viewer sees the members and can change none', async () => {
  isMember('VIEWER');
  renderPage(routes, '/projects/maps');

  expect(await screen.findByText('grace')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Remove grace' })).not.toBeInTheDocument();
  expect(screen.queryByLabelText('Role of grace')).not.toBeInTheDocument();
});
