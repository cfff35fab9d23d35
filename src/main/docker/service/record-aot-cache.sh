#!/usr/bin/env bash
# Starts the service once while its image is built, so that Java records which classes a start needs (its AOT cache).
# No Docker engine answers there: a start and the page are recorded, runs are not. Without the cache every start of
# the image takes longer, but works.
set -euo pipefail

folder=/opt/datapipeline
service_user=10001
port=8080

version=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/.*java\.specification\.version = //p')
if ((version < 25)); then
  echo "Java $version cannot record an AOT cache; the image works without one."
  exit 0
fi

# get PATH: prints the status line of the answer; curl is not in every image.
get() (
  exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$port" || exit 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
  read -r -t 20 status <&3
  printf '%s\n' "$status"
)

# The embedded database does not run as root.
data=$(mktemp -d)
chown "$service_user" "$data"
DATAPIPELINE_DATA_DIRECTORY=$data DATAPIPELINE_ENVIRONMENT_DIRECTORY=$data/environments QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=$port \
  setpriv --reuid "$service_user" --regid "$service_user" --clear-groups \
  java "@$folder/java.options" "-XX:AOTCacheOutput=$data/service.aot" -jar "$folder/quarkus-app/quarkus-run.jar" &
service=$!
deadline=$((SECONDS + 120))
until [[ $(get /q/health/live) == *' 200 '* ]] || ! kill -0 "$service" 2>/dev/null || ((SECONDS >= deadline)); do
  sleep 0.2
done
for path in / /api/v1/runs /api/v1/datasets /api/v1/pipelines /q/health/ready /q/metrics; do
  get "$path" >/dev/null || true
done
kill -TERM "$service" || true
wait "$service" || true
if ! mv "$data/service.aot" "$folder/service.aot"; then
  echo "No AOT cache was recorded; the image works without one."
fi
rm -rf "$data"
