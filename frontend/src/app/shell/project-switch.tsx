import { NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { chooseProject, chosenProject } from '@/api/http/project';
import { isNobody, meQuery, userKeys } from '@/api/users';
import { paths } from '@/lib/paths';
import classes from './shell.module.css';

/** The project that the page shows. Nothing for members of one project, who have no choice. */
export function ProjectSwitch() {
  const { data: me } = useQuery({ ...meQuery(), enabled: false });
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  if (me === undefined || isNobody(me) || me.projects.length < 2) {
    return null;
  }

  function change(id: string) {
    chooseProject(id);
    // What the page was shown of the other project goes.
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== userKeys.me[0] });
    navigate(paths.home);
  }

  return (
    <NativeSelect
      aria-label="Project"
      className={classes.project}
      data={me.projects.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosenProject() ?? me.projects[0]?.id ?? ''}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
