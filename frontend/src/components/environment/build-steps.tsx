import { StateShape } from '@/components/state/state-mark';
import {
  type BuildStep,
  buildStepFacts,
  buildStepLabel,
  buildStepState,
} from '@/lib/environments/build-step';
import { stateLabel } from '@/lib/states';
import classes from './environment.module.css';

/** The steps of a build, with what is done of each and the time that it took. */
export function BuildSteps({ steps }: { steps: readonly BuildStep[] }) {
  return (
    <ol className={classes.steps} aria-label="Steps of the build">
      {steps.map((step) => {
        const state = buildStepState(step.status);
        return (
          <li key={step.name} className={classes.step} data-waiting={step.status === 'WAITING' || undefined}>
            <span role="img" aria-label={stateLabel(state)}>
              <StateShape state={state} />
            </span>
            {buildStepLabel(step.name)}
            <span className="quiet figures">{buildStepFacts(step)}</span>
          </li>
        );
      })}
    </ol>
  );
}
