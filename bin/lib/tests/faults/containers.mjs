// What the Docker engine knows about the sandboxes of a service.
import { execFileSync } from "node:child_process";

// Ids, the stopped ones too.
export function containersOf(service, host) {
  const label = `label=dev.datapipeline.installation=${service.installation}`;
  return docker(["ps", "--all", "--quiet", "--no-trunc", "--filter", label], host);
}

// The lines that the command prints; host is that of another engine than the usual one.
export function docker(command, host) {
  const target = host === undefined ? [] : ["--host", host];
  return execFileSync("docker", [...target, ...command], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
    .split("\n")
    .filter(Boolean);
}
