import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, useEffect } from 'react';
import { useMatches } from 'react-router';
import { keepChoiceAmong } from '@/api/http/project';
import { isNobody, meQuery, userKeys } from '@/api/users';

const SignInPage = lazy(async () => ({
  default: (await import('@/features/account/sign-in-page')).SignInPage,
}));

/** The handle of routes that somebody who has not signed in is shown. */
export const openToEverybody = { openToEverybody: true };

/** Asks for username and password where the service wants them, in place of the page, which comes back afterwards. */
export function SignInGate({ children }: { children: ReactNode }) {
  const isOpen = useMatches().some(({ handle }) => handle === openToEverybody);
  const { data } = useQuery({ ...meQuery(), enabled: !isOpen });
  const queryClient = useQueryClient();
  const projects = data === undefined || isNobody(data) ? undefined : data.projects;
  useEffect(() => {
    // What was asked before a project was chosen was refused.
    if (projects !== undefined && keepChoiceAmong(projects)) {
      queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== userKeys.me[0] });
    }
  }, [projects, queryClient]);
  return isNobody(data) && !isOpen ? <SignInPage hasUsers={data.hasUsers} /> : children;
}
