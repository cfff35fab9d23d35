import { Component, type ReactNode } from 'react';
import { ProblemAlert } from './problem-alert';

type Props = { name: string; children: ReactNode };

/** Keeps a section that breaks from taking the page with it. */
export class SectionBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) {
      return this.props.children;
    }
    return (
      <ProblemAlert
        title={`${this.props.name} cannot be shown`}
        detail="This part of the page broke; the rest goes on."
        onRetry={() => this.setState({ broken: false })}
      />
    );
  }
}
