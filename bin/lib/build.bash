# shellcheck shell=bash
# Builds the service, only where its sources changed since the last build.

service_jar=target/quarkus-app/quarkus-run.jar
build_stamp=target/logs/built-from

ensure_built() {
  local sources
  sources=$(hash_of_sources)
  if [[ -f $service_jar && -f $build_stamp && $(<"$build_stamp") == "$sources" ]]; then
    return
  fi
  run_quietly "Building the service (the first time takes minutes)" "$log_folder/build.log" build_service ||
    stop_with "The build failed: the whole log is $log_folder/build.log"
  printf '%s\n' "$sources" >"$build_stamp"
}

build_service() {
  mvn --batch-mode --no-transfer-progress package -DskipTests -DskipStaticChecks
}

# One hash over the names and contents of everything that becomes part of the service.
hash_of_sources() {
  find pom.xml src/main frontend examples \
    \( -name node_modules -o -name dist -o -name __pycache__ -o -name test-results -o -name playwright-report \) -prune \
    -o -type f -print0 |
    LC_ALL=C sort --zero-terminated | xargs --null sha256sum | sha256sum
}
