import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { expect, test } from 'vitest';
import { client, dataOf } from '@/api/http/client';
import { server } from '@/testing/server';
import { createQueryClient } from '../query-client';
import { Shell } from './shell';
import { openToEverybody } from './sign-in-gate';

const me = { singleUser: false, username: 'ada', role: 'EDITOR', projects: [] };
const notSignedIn = { title: 'Not signed in', status: 401, code: 'NOT_SIGNED_IN', detail: 'Sign in.' };

function Datasets() {
  const { data } = useQuery({
    queryKey: ['datasets'],
    queryFn: () => dataOf(client.GET('/api/v1/datasets')),
  });
  return <p>{data === undefined ? 'loading' : `${data.items.length} datasets`}</p>;
}

const routes = [
  {
    element: <Shell />,
    children: [
      { path: 'datasets', element: <Datasets /> },
      { path: 'choose-password', handle: openToEverybody, element: <p>choose</p> },
    ],
  },
];

/** With the query client of the page, whose errors ask anew who somebody is. */
function open(address: string) {
  const queryClient = createQueryClient();
  render(
    <QueryClientProvider client={queryClient}>
      <MantineProvider env="test">
        <RouterProvider router={createMemoryRouter(routes, { initialEntries: [address] })} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return queryClient;
}

/** A service where a password signs in. */
function serviceWithUsers() {
  let isSignedIn = false;
  const closed = <Body extends object>(body: Body) =>
    isSignedIn ? HttpResponse.json(body) : HttpResponse.json(notSignedIn, { status: 401 });
  server.use(
    http.get('*/api/v1/me', () => closed(me)),
    http.get('*/api/v1/datasets', () => closed({ items: [] })),
    http.post('*/api/v1/session', () => {
      isSignedIn = true;
      return HttpResponse.json(me);
    }),
  );
  return {
    endSession: () => {
      isSignedIn = false;
    },
  };
}

async function signIn() {
  await userEvent.type(await screen.findByLabelText(/Username/), 'ada');
  await userEvent.type(screen.getByLabelText(/Password/), 'correct horse battery');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

test('asks who somebody is, then shows the page of the address', async () => {
  serviceWithUsers();
  open('/datasets');

  expect(await screen.findByLabelText(/Password/)).toHaveAttribute('autocomplete', 'current-password');
  await signIn();

  expect(await screen.findByText('0 datasets')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'ada' })).toHaveAttribute('href', '/account');
});

test('asks once who somebody is, and not over and over', async () => {
  let asked = 0;
  server.use(
    http.get('*/api/v1/me', () => {
      asked += 1;
      return HttpResponse.json(notSignedIn, { status: 401 });
    }),
    http.get('*/api/v1/datasets', () => HttpResponse.json(notSignedIn, { status: 401 })),
  );
  open('/datasets');
  await userEvent.type(await screen.findByLabelText(/Username/), 'ada, who types her name slowly');

  expect(screen.getByLabelText(/Username/)).toHaveValue('ada, who types her name slowly');
  // Once at first, and once more because the page was refused.
  expect(asked).toBeLessThanOrEqual(2);
});

test('asks again when the session has ended', async () => {
  const service = serviceWithUsers();
  const queryClient = open('/datasets');
  await signIn();
  await screen.findByText('0 datasets');

  service.endSession();
  await queryClient.invalidateQueries({ queryKey: ['datasets'] });

  expect(await screen.findByRole('button', { name: 'Sign in' })).toBeInTheDocument();
});

test('says where the link is while there is no administrator', async () => {
  const noUsers = { title: 'There are no users yet', status: 401, code: 'NO_USERS_YET' };
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json(noUsers, { status: 401 })),
    http.get('*/api/v1/datasets', () => HttpResponse.json(noUsers, { status: 401 })),
  );
  open('/datasets');

  expect(await screen.findByText(/The log of the service has a link/)).toBeInTheDocument();
  expect(screen.queryByLabelText(/Username/)).not.toBeInTheDocument();
});

test('asks nobody where there are no users', async () => {
  server.use(http.get('*/api/v1/datasets', () => HttpResponse.json({ items: [] })));
  open('/datasets');

  expect(await screen.findByText('0 datasets')).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'ada' })).not.toBeInTheDocument();
});

test('a link for a new password needs no session', async () => {
  serviceWithUsers();
  open('/choose-password');

  expect(await screen.findByText('choose')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Sign in' })).not.toBeInTheDocument();
});
