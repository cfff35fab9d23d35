import { HttpResponse, http } from 'msw';
import type { Me } from '@/api/types';
import { server } from '@/testing/server';

export const me: Me = {
  singleUser: false,
  username: 'ada',
  role: 'EDITOR',
  projects: [{ id: 'p1', name: 'default', role: 'EDITOR' }],
};

/** A service with users, where somebody is signed in, without sessions and keys to show. */
export function signedIn(changes: Partial<Me> = {}) {
  server.use(
    http.get('*/api/v1/me', () => HttpResponse.json({ ...me, ...changes })),
    http.get('*/api/v1/me/sessions', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/api-keys', () => HttpResponse.json({ items: [] })),
  );
}

export function problem(status: number, code: string, detail: string, errors: object[] = []) {
  return HttpResponse.json({ type: '/problems/x', title: code, status, code, detail, errors }, { status });
}

export function notSignedIn() {
  return problem(401, 'NOT_SIGNED_IN', 'Sign in at the page of the service.');
}
