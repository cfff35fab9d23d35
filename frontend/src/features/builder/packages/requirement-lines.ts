/** A requirement as typed. Lines and columns count from 1; the column is that of its first character. */
export type RequirementLine = { line: number; column: number; text: string };

const comment = /(^|\s)#.*$/;

/** The requirements of a text with one per line, as pip reads it: comments and empty lines say nothing. */
export function requirementLines(text: string): RequirementLine[] {
  return text.split(/\r?\n/).flatMap((typed, at) => {
    const content = typed.replace(comment, '');
    const requirement = content.trim();
    return requirement === ''
      ? []
      : [{ line: at + 1, column: content.length - content.trimStart().length + 1, text: requirement }];
  });
}

/** The packages of a pipeline as a text. */
export function requirementsText(packages: readonly string[] | null | undefined): string {
  return (packages ?? []).join('\n');
}

/** The name at the beginning of a requirement, in the form that tells packages apart; undefined when there is none. */
export function requirementName(requirement: string): string | undefined {
  const name = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/.exec(requirement)?.[0];
  return name === undefined ? undefined : normalName(name);
}

/** `Ruamel.Yaml` and `ruamel_yaml` are the same package. */
export function normalName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

/** The text with one more line. */
export function withRequirement(text: string, requirement: string): string {
  const before = text.trimEnd();
  return before === '' ? `${requirement}\n` : `${before}\n${requirement}\n`;
}

export type RequirementProblem = { line?: number; column?: number; message: string };

type FieldError = { pointer: string; message: string };

const place = /^line \d+, column (\d+): /;

/** What the service says of requirements, at their lines; `at` is the pointer of the list that was sent. */
export function requirementProblems(
  errors: readonly FieldError[],
  at: string,
  lines: readonly RequirementLine[],
): RequirementProblem[] {
  return errors
    .map(({ pointer, message }) => ({ pointer: pointer.replace(/^#/, ''), message }))
    .filter(({ pointer }) => `${pointer}/`.startsWith(`${at}/`))
    .map(({ pointer, message }) => {
      const typed = lines[Number(pointer.slice(at.length + 1).split('/')[0])];
      if (typed === undefined) {
        return { message };
      }
      const column = Number(place.exec(message)?.[1] ?? 1);
      return { line: typed.line, column: typed.column + column - 1, message: message.replace(place, '') };
    });
}
