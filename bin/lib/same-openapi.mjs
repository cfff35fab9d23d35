// Ends with status 0 when a stored API document says the same as the one that a running service gives.
// usage: node same-openapi.mjs SERVICE_ADDRESS DOCUMENT
import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { fetchJson } from "./example-run.mjs";

const [service, file] = process.argv.slice(2);
const stored = JSON.parse(await readFile(file, "utf8"));
const given = await fetchJson(`${service}/q/openapi?format=json`);

for (const part of new Set([...Object.keys(stored), ...Object.keys(given)])) {
  for (const name of differences(stored[part], given[part])) {
    console.error(`${part}${name} differs: the build writes the document anew, commit it with the types made from it`);
    process.exitCode = 1;
  }
}

// The names, one or two levels down, under which two parts of the documents are not the same.
function differences(one, other, depth = 2) {
  if (isDeepStrictEqual(one, other)) {
    return [];
  }
  if (depth === 0 || typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return [""];
  }
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].flatMap((name) => differences(one[name], other[name], depth - 1).map((deeper) => ` ${name}${deeper}`));
}
