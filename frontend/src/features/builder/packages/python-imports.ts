import { requirementName } from './requirement-lines';

/** Reads a Python source as far as the builder needs it to suggest packages. It never decides what a run does. */

/** Strings and comments: a line in them that looks like an import is none. */
const notCode = /("""|''')(?:\\[\s\S]|(?!\1)[^\\])*(?:\1|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g;

const importLine = /^[ \t]*import[ \t]+([^\n;]+)/gm;
const fromLine = /^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n;]+)/gm;

/** The modules that a script imports; `from a import b` may mean the module `a.b`, so that it gives both. */
export function importedModules(source: string): string[] {
  const code = source.replace(notCode, '').replace(/\\\r?\n/g, ' ');
  const direct = [...code.matchAll(importLine)].flatMap(([, names = '']) => namesIn(names));
  const from = [...code.matchAll(fromLine)]
    .filter(([, module = '']) => !module.startsWith('.'))
    .flatMap(([, module = '', names = '']) => [module, ...namesIn(names).map((name) => `${module}.${name}`)]);
  return [...new Set([...direct, ...from])];
}

/** `os, numpy as np` and `(a, b,)` without the names that they get in the script. */
function namesIn(list: string): string[] {
  return list
    .replace(/[()]/g, '')
    .split(',')
    .map((name) => name.trim().split(/\s/)[0] ?? '')
    .filter((name) => /^[A-Za-z_][\w.]*$/.test(name));
}

const scriptBlock = /^# \/\/\/ script[ \t]*\r?\n(?:#(?: .*)?\r?\n)+?# \/\/\/[ \t]*$/m;

/**
 * The block of a script that names its packages (PEP 723), at the lines where it stands; undefined when it has none.
 * What else is in the script is left out, so that editing it asks for nothing anew.
 */
export function scriptBlockOf(source: string): string | undefined {
  const block = scriptBlock.exec(source);
  if (block === null) {
    return undefined;
  }
  const linesBefore = source.slice(0, block.index).split('\n').length - 1;
  return '\n'.repeat(linesBefore) + block[0];
}

/** The names of the packages that the block of a script asks for, as far as they can be told without reading TOML. */
export function blockRequirementNames(source: string): string[] {
  const block = scriptBlock.exec(source)?.[0] ?? '';
  return [...block.matchAll(/(["'])([A-Za-z0-9][^"'\n]*)\1/g)].flatMap(
    ([, , requirement = '']) => requirementName(requirement) ?? [],
  );
}
