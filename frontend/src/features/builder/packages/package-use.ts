import type { Script } from '@/api/types';
import type { LockedPackage } from '@/lib/environments/environment';
import { packageOfModule } from '@/lib/import-names';
import { importedModules } from './python-imports';
import { normalName } from './requirement-lines';

/** An import that fails unless a package is added. */
export type MissingPackage = { module: string; name: string; script: string };

/** The packages that scripts import and `given` does not have, each once. */
export function missingPackages(scripts: readonly Script[], given: Iterable<string>): MissingPackage[] {
  const there = new Set([...given].map(withoutVariant));
  const missing = new Map<string, MissingPackage>();
  for (const script of scripts) {
    for (const module of importedModules(script.source)) {
      const name = packageOfModule(module);
      if (name !== undefined && !there.has(withoutVariant(name)) && !missing.has(name)) {
        missing.set(name, { module, name, script: script.name });
      }
    }
  }
  return [...missing.values()];
}

/** The packages that no script imports and no imported package requires, as far as the names of modules tell. */
export function unusedPackages(
  packages: readonly LockedPackage[],
  scripts: readonly Script[],
): ReadonlySet<string> {
  const used = new Set(scripts.flatMap(({ source }) => importedModules(source)).flatMap(packagesOfModule));
  // A package may come before the one that requires it, so that this goes on until nothing changes.
  for (let before = -1; before !== used.size; ) {
    before = used.size;
    for (const { name, requiredBy } of packages) {
      if (requiredBy.some((other) => used.has(normalName(other)))) {
        used.add(normalName(name));
      }
    }
  }
  return new Set(packages.map(({ name }) => name).filter((name) => !used.has(normalName(name))));
}

/** `psycopg2-binary` and `psycopg2` give the same module. */
function withoutVariant(name: string): string {
  return normalName(name).replace(/-(?:headless|binary|bin|cpu|gpu)$/, '');
}

/** Most packages are named like their module, so that the table need not know them. */
function packagesOfModule(module: string): string[] {
  const known = packageOfModule(module);
  return [...(known === undefined ? [] : [normalName(known)]), normalName(module.split('.')[0] ?? '')];
}
