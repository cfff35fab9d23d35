#!/usr/bin/env bash
# The entry point of the service's own image: gives up root for a user that may do one thing more than
# nobody, use the Docker socket. The group of that socket differs from host to host and is known only here.
set -euo pipefail

folder=/opt/datapipeline
service_user=10001
socket=${DOCKER_HOST:-unix:///var/run/docker.sock}
socket=${socket#unix://}

as_service_user=()
if ((EUID == 0)); then
  as_service_user=(setpriv --reuid "$service_user" --regid "$service_user" --no-new-privs)
  if [[ -S $socket ]]; then
    as_service_user+=(--groups "$(stat --format %g "$socket")")
  else
    as_service_user+=(--clear-groups)
  fi
fi

# Further options of the JVM come from JAVA_TOOL_OPTIONS, which every JVM reads by itself.
options=("@$folder/java.options")
if [[ -f $folder/service.aot ]]; then
  # A cache that does not fit this JVM is left aside without a word.
  options+=("-XX:AOTCache=$folder/service.aot" "-Xlog:aot*=off" "-Xlog:cds*=off")
fi
exec "${as_service_user[@]}" java "${options[@]}" -jar "$folder/quarkus-app/quarkus-run.jar" "$@"
