import { useQuery } from '@tanstack/react-query';
import { NavLink } from 'react-router';
import { isNobody, meQuery } from '@/api/users';
import { Icon } from '@/components/icon';
import { paths } from '@/lib/paths';
import classes from './shell.module.css';

/** Who is signed in, with the way to the own account. Nothing where the service has no users. */
export function AccountLinks() {
  const { data: me } = useQuery({ ...meQuery(), enabled: false });
  if (me === undefined || isNobody(me) || me.username == null) {
    return null;
  }
  return (
    <NavLink
      to={paths.account}
      className={`${classes.link} ${classes.account}`}
      title={me.username}
      aria-label={me.username}
    >
      <span className={classes.accountName}>{me.username}</span>
      <span className={classes.accountIcon}>
        <Icon name="person" size={14} />
      </span>
    </NavLink>
  );
}
