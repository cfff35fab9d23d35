#!/usr/bin/env bash
# The entry point of the service's own image: gives up root for a user that may do one thing more than
# nobody, use the Docker socket. The group of that socket differs from host to host and is known only here.
set -euo pipefail

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

# Options of the JVM come from JAVA_TOOL_OPTIONS, which every JVM reads by itself.
exec "${as_service_user[@]}" java -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED \
  -jar /opt/datapipeline/quarkus-app/quarkus-run.jar "$@"
