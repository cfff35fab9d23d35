import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode } from 'react';
import { useMatches } from 'react-router';
import { isNobody, meQuery } from '@/api/users';

const SignInPage = lazy(async () => ({
  default: (await import('@/features/account/sign-in-page')).SignInPage,
}));

/** The handle of routes that somebody who has not signed in is shown. */
export const openToEverybody = { openToEverybody: true };

/** Asks for username and password where the service wants them, in place of the page, which comes back afterwards. */
export function SignInGate({ children }: { children: ReactNode }) {
  const isOpen = useMatches().some(({ handle }) => handle === openToEverybody);
  const { data } = useQuery({ ...meQuery(), enabled: !isOpen });
  return isNobody(data) && !isOpen ? <SignInPage hasUsers={data.hasUsers} /> : children;
}
