import { Anchor, Box, Button, Container, Group } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { Icon } from '@/components/icon';
import { Logo } from '@/components/logo';
import { paths } from '@/lib/paths';
import { AccountLinks } from './account-links';
import { ColorSchemeSwitch } from './color-scheme-switch';
import { KeyHelp } from './key-help';
import { ProjectSwitch } from './project-switch';
import { ServiceUnreachableBanner } from './service-unreachable-banner';
import classes from './shell.module.css';
import { SignInGate } from './sign-in-gate';

/** On a narrow screen there is no room for the wide ones; the page System leads to them. */
const navigationItems: { to: string; label: string; isWide?: boolean }[] = [
  { to: paths.runs, label: 'Runs' },
  { to: paths.pipelines, label: 'Pipelines' },
  { to: paths.datasets, label: 'Datasets' },
  { to: paths.environments, label: 'Environments', isWide: true },
  { to: paths.system, label: 'System' },
];

export function Shell() {
  useFocusOnPage();
  return (
    <>
      <a href="#main" className={classes.skip}>
        Skip to content
      </a>
      <header className={classes.header}>
        <Group gap="md" wrap="nowrap" className={classes.bar}>
          <Anchor component={Link} to={paths.home} className={classes.brand} aria-label="Data Pipeline, home">
            <Logo />
            <span className={classes.name}>Data Pipeline</span>
          </Anchor>
          <nav aria-label="Main" className={classes.nav}>
            {navigationItems.map((item) => (
              <NavLink
                key={item.to}
                to={item.to}
                className={item.isWide ? `${classes.link} ${classes.wide}` : classes.link}
              >
                {item.label}
              </NavLink>
            ))}
          </nav>
          <Box flex={1} />
          <ProjectSwitch />
          <AccountLinks />
          <ColorSchemeSwitch />
          <Button component={Link} to={paths.newRun()} className={classes.new} aria-label="New run">
            <Icon name="plus" size={12} />
            <span className={classes.newLabel}>New run</span>
          </Button>
        </Group>
      </header>
      <ServiceUnreachableBanner />
      <KeyHelp />
      <Container component="main" id="main" tabIndex={-1} fluid px="md" py="md" className={classes.main}>
        <Suspense>
          <SignInGate>
            <Outlet />
          </SignInGate>
        </Suspense>
      </Container>
      <ScrollRestoration getKey={(location) => location.pathname} />
    </>
  );
}

/** Gives the focus to the new page when what had it belonged to the page before, such as the button that starts a run. */
function useFocusOnPage() {
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page is another path
  useEffect(() => {
    if (document.activeElement === document.body) {
      document.getElementById('main')?.focus({ preventScroll: true });
    }
  }, [pathname]);
}
