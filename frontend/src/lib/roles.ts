/** The roles in a project from the least to the most, and what they allow. */
export const roleNames = {
  VIEWER: { name: 'Viewer', phrase: 'a viewer: you see everything of it and change nothing' },
  EDITOR: { name: 'Editor', phrase: 'an editor: you upload data, run pipelines and delete' },
  ADMIN: { name: 'Administrator', phrase: 'an administrator: you manage its members as well' },
} as const;

export type RoleName = keyof typeof roleNames;

export const roles: RoleName[] = ['VIEWER', 'EDITOR', 'ADMIN'];

/** The choices of a select for a role, up to the role of whoever chooses. */
export function roleChoices(most: RoleName = 'ADMIN') {
  return roles
    .slice(0, roles.indexOf(most) + 1)
    .map((role) => ({ value: role, label: roleNames[role].name }));
}
