// Requests about users to a service that has none.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { accepted, section } from './documented.mjs';
import { ask, json } from './exchange.mjs';

const user = `/api/v1/users/${randomUUID()}`;
const defaultProject = '00000000-0000-0000-0000-000000000001';
const credentials = { username: 'ada', password: 'correct horse battery' };

section('Users', (users) => {
  users.refuses(
    'signing in, users, sessions, keys and links where the service has no users',
    '409 SINGLE_USER',
    ([method, path, body]) => ask(method, path, body === undefined ? {} : json(body)),
    {
      'sign in': ['POST', '/api/v1/session', credentials],
      'sign out': ['DELETE', '/api/v1/session'],
      'first administrator': ['POST', '/api/v1/first-administrator', { secret: 'x', ...credentials }],
      link: ['POST', '/api/v1/password-link', { secret: 'x', password: credentials.password }],
      password: ['PUT', '/api/v1/me/password', { currentPassword: 'x', newPassword: credentials.password }],
      sessions: ['GET', '/api/v1/me/sessions'],
      users: ['GET', '/api/v1/users'],
      'new user': ['POST', '/api/v1/users', { username: 'ada', role: 'ADMIN' }],
      'changed user': ['PUT', user, { role: 'ADMIN', active: true }],
      'link for a user': ['POST', `${user}/password-link`],
      keys: ['GET', '/api/v1/api-keys'],
      'new key': ['POST', '/api/v1/api-keys', { name: 'ci' }],
      'deleted key': ['DELETE', '/api/v1/api-keys/0123456789abcdef'],
    },
  );
  users.refuses(
    'making projects and members where the service has no users',
    '409 SINGLE_USER',
    ([method, path, body]) => (body === undefined ? ask(method, path) : json(method, path, body)),
    {
      'new project': ['POST', '/api/v1/projects', { name: 'other' }],
      member: ['PUT', `/api/v1/projects/default/members/${randomUUID()}`, { role: 'ADMIN' }],
      'removed member': ['DELETE', '/api/v1/projects/default/members/ada'],
    },
  );
  users.refuses(
    'a project that is not there, in project, X-Project or a path',
    '404 NOT_FOUND',
    ([path, headers]) => ask('GET', path, { headers }),
    {
      parameter: ['/api/v1/runs?project=other', {}],
      id: [`/api/v1/datasets?project=${randomUUID()}`, {}],
      header: ['/api/v1/pipelines', { 'X-Project': 'other' }],
      'for a thing': [`/api/v1/runs/${randomUUID()}?project=default%00`, {}],
      path: ['/api/v1/projects/other', {}],
      members: ['/api/v1/projects/Default/members', {}],
    },
  );
  users.refuses(
    'project where it means nothing, or twice',
    '400 INVALID_PARAMETER',
    (path) => ask('GET', path),
    {
      'the same for all': '/api/v1/images?project=default',
      twice: '/api/v1/runs?project=default&project=default',
    },
  );
  users.answers(
    'who somebody is, where the service has no users',
    '200, the single user, whatever cookie or key is sent',
    async (headers) =>
      assert.deepEqual(await accepted(ask('GET', '/api/v1/me', { headers }), 200), {
        singleUser: true,
        username: null,
        role: 'ADMIN',
        projects: [{ id: defaultProject, name: 'default', role: 'ADMIN' }],
      }),
    {
      nothing: {},
      'a cookie': { Cookie: `dpf-session=${'A'.repeat(43)}` },
      'a key': { Authorization: `Bearer dpf_${'0'.repeat(16)}_${'A'.repeat(43)}` },
    },
  );
});
