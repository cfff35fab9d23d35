import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Declaration, declaredEnvironmentQuery, environmentQuery } from '@/api/environments';
import type { Environment, Script } from '@/api/types';
import { ProblemError } from '@/lib/problems/problem';
import type { Draft, StepDraft } from '../draft/draft';
import { scriptBlockOf } from './python-imports';
import {
  type RequirementLine,
  type RequirementProblem,
  requirementLines,
  requirementProblems,
} from './requirement-lines';

const pauseInTyping = 700;
/** Nobody can tell when the block of a script is complete, so that a longer pause stands for it. */
const pauseInBlock = 2500;

/** What the service makes of the packages of a draft. */
export type DraftEnvironment = {
  lines: RequirementLine[];
  /** The line that is being typed. Nothing is asked for until it is left, because half a name may be that of a package. */
  typedLine: number | undefined;
  onTypedLine: (line: number | undefined) => void;
  /** What was last asked for. */
  declaration: Declaration;
  /** Scripts that name packages themselves. */
  scriptsWithBlock: string[];
  /** The environment of what was last asked for; undefined before the first answer. */
  environment: Environment | undefined;
  /** Whether the environment is that of the packages as they are now. */
  isCurrent: boolean;
  problems: RequirementProblem[];
  /** An error that is not about a line. */
  error: Error | null;
};

/** Asks for the environment of a draft when a line is complete and typing pauses, and follows its build. */
export function useDraftEnvironment({
  packages,
  steps,
  image,
}: Pick<Draft, 'packages' | 'steps' | 'image'>): DraftEnvironment {
  const lines = requirementLines(packages);
  const scripts = scriptsWithBlock(steps);
  const declaration = JSON.stringify({ packages: lines.map(({ text }) => text), scripts, image });
  const [typedLine, onTypedLine] = useState<number>();
  const settled = useSettled(declaration, typedLine !== undefined);
  const asked = JSON.parse(settled) as Declaration;
  const isEmpty = asked.packages.length === 0 && asked.scripts.length === 0 && asked.image === undefined;
  const { data: id, error } = useQuery({ ...declaredEnvironmentQuery(asked), enabled: !isEmpty });
  const { data } = useQuery({ ...environmentQuery(id ?? ''), enabled: id !== undefined });
  const isCurrent = declaration === settled;
  const fields = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  return {
    lines,
    typedLine,
    onTypedLine,
    declaration: asked,
    scriptsWithBlock: scripts.map(({ name }) => name),
    environment: isEmpty ? undefined : data,
    isCurrent,
    problems: isCurrent
      ? [...requirementProblems(fields, '/packages', lines), ...scriptProblems(fields, asked.scripts)]
      : [],
    error: isCurrent && fields.length === 0 ? error : null,
  };
}

/** The declaration as it was at the last pause; it stays while `isHeld`. */
function useSettled(declaration: string, isHeld: boolean): string {
  const [settled, setSettled] = useState(declaration);
  useEffect(() => {
    if (isHeld || settled === declaration) {
      return;
    }
    const pause = blocksOf(settled) === blocksOf(declaration) ? pauseInTyping : pauseInBlock;
    const timer = setTimeout(() => setSettled(declaration), pause);
    return () => clearTimeout(timer);
  }, [declaration, settled, isHeld]);
  return settled;
}

function blocksOf(declaration: string): string {
  return JSON.stringify((JSON.parse(declaration) as Declaration).scripts);
}

/** Only their blocks: the rest of a script says nothing of its packages. */
function scriptsWithBlock(steps: StepDraft[]): Script[] {
  return allScripts(steps).flatMap(({ name, source }) => {
    const block = scriptBlockOf(source);
    return block === undefined ? [] : [{ name, source: block }];
  });
}

export function allScripts(steps: StepDraft[]): Script[] {
  return steps.flatMap((step) => Object.values(step.scripts));
}

function scriptProblems(
  errors: readonly { pointer: string; message: string }[],
  scripts: readonly Script[],
): RequirementProblem[] {
  return errors.flatMap(({ pointer, message }) => {
    const script = scripts[Number(/^#?\/scripts\/(\d+)/.exec(pointer)?.[1] ?? Number.NaN)];
    return script === undefined ? [] : [{ message: `${script.name}: ${message}` }];
  });
}
