import { Alert, Button, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';

type Props = { name: string; children: ReactNode };

/** Contains the error of a section, so that the rest of the page still works. */
export class SectionBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) {
      return this.props.children;
    }
    return (
      <Alert color="red" role="alert" title={`${this.props.name} cannot be shown`}>
        <Text size="sm">
          This part of the page has an error. The rest still works. Retry, or reload the page.
        </Text>
        <Button variant="default" mt="xs" onClick={() => this.setState({ failed: false })}>
          Retry
        </Button>
      </Alert>
    );
  }
}
