/** Requests as text that people copy into a terminal or a program. */

/** Quotes a text for a POSIX shell. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A `curl` command that sends JSON. */
export function curlOf(method: 'GET' | 'POST', address: string, body?: string): string {
  if (body === undefined) {
    return `curl -fsS ${shellQuoted(address)}`;
  }
  return [
    `curl -fsS -X ${method} ${shellQuoted(address)} \\`,
    "  -H 'Content-Type: application/json' \\",
    `  --data-binary ${shellQuoted(body)}`,
  ].join('\n');
}

/** A Python program, with the standard library only, that starts a run, waits for its end and reads its results. */
export function pythonRunOf(service: string, body: string): string {
  return `import json
import time
import urllib.request

SERVICE = ${pythonText(service)}


def ask(method, path, body=None):
    request = urllib.request.Request(
        SERVICE + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


run = ask("POST", "/api/v1/runs", json.loads(${pythonText(body)}))
while run["status"] in ("QUEUED", "RUNNING"):
    time.sleep(1)
    run = ask("GET", f"/api/v1/runs/{run['id']}")
print(run["status"], run["records"])
results = ask("GET", f"/api/v1/runs/{run['id']}/results?format=json&view=final")
`;
}

/** A Python program that reads the results of a run. */
export function pythonResultsOf(address: string): string {
  return `import json
import urllib.request

with urllib.request.urlopen(${pythonText(address)}) as answer:
    results = json.load(answer)
print(len(results))
`;
}

/** A text as a Python literal: JSON strings are, but for the line separators that both allow. */
function pythonText(text: string): string {
  return JSON.stringify(text);
}
