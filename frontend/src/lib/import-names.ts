/** Which package gives a module: a fixed table that the engine uses too. A look-up by name would trust whoever took it. */
export const [importNames = {}] = Object.values(
  import.meta.glob<Record<string, string>>('../../../src/main/python/pipeline_engine/import_names.json', {
    import: 'default',
    eager: true,
  }),
);

/** The package that gives a module such as `google.cloud.storage`; undefined when the table does not know it. */
export function packageOfModule(module: string): string | undefined {
  for (let name = module; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const found = Object.hasOwn(importNames, name) ? importNames[name] : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
