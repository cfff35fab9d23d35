/** A package that one lock has and another has not, or has in another version. */
export type PackageChange = { name: string; before?: string; after?: string };

type Versioned = { name: string; version: string };

/** What changed from one lock to another, by name. */
export function packageChanges(before: readonly Versioned[], after: readonly Versioned[]): PackageChange[] {
  const [old, current] = [versions(before), versions(after)];
  return [...new Set([...old.keys(), ...current.keys()])]
    .map((name): PackageChange => {
      const [was, is] = [old.get(name), current.get(name)];
      return {
        name,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      };
    })
    .filter((change) => change.before !== change.after)
    .sort((left, right) => left.name.localeCompare(right.name, 'en'));
}

function versions(packages: readonly Versioned[]): Map<string, string> {
  return new Map(packages.map(({ name, version }) => [name, version]));
}
