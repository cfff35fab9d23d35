import type { PasswordLink } from '@/api/types';
import { ShownOnce } from '@/components/input/shown-once';

/** A link with which a user chooses a password. */
export function LinkShownOnce({ username, link }: { username: string; link: PasswordLink }) {
  const until = new Date(link.expiresAt).toLocaleString();
  return (
    <ShownOnce
      title={`Link for ${username}`}
      value={window.location.origin + link.path}
      hint={`Give it to ${username}, who chooses a password with it. It works once, until ${until}, and is not shown again.`}
    />
  );
}
