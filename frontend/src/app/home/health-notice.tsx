import { Alert, Anchor, List } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { healthQuery } from '@/api/system';
import { paths } from '@/lib/paths';

/** The failing health checks; shown only while there are any. */
export function HealthNotice() {
  const { data } = useQuery(healthQuery());
  if (data === undefined || data.status === 'UP') {
    return null;
  }
  return (
    <Alert color="orange" role="status" title="Part of the service is not working">
      <List size="sm">
        {data.checks
          .filter((check) => check.status === 'DOWN')
          .map(({ name, data: { reason } = {} }) => (
            <List.Item key={name}>{typeof reason === 'string' ? `${name}: ${reason}` : name}</List.Item>
          ))}
      </List>
      Runs wait or are refused until this is fixed.{' '}
      <Anchor component={Link} to={paths.system} size="sm" underline="always">
        Open the system page
      </Anchor>
    </Alert>
  );
}
