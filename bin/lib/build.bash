# shellcheck shell=bash
# Builds the service, only where its sources changed since the last build.

service_jar=target/quarkus-app/quarkus-run.jar
build_stamp=target/logs/built-from

ensure_built() {
  begin_build
  finish_build
}

# A build that was begun: its process, empty while there is none, the sources it is made from, and when it began.
build_pid=
build_sources=
build_started=0

# Begins the build where one is needed, so that other things can be done meanwhile.
begin_build() {
  local sources
  sources=$(hash_of_sources)
  if [[ -f $service_jar && -f $build_stamp && $(<"$build_stamp") == "$sources" ]]; then
    return 0
  fi
  build_sources=$sources
  start_background_job build_service >"$log_folder/build.log" 2>&1
  build_pid=$background_job
  build_started=$SECONDS
  say "Building the service: about two minutes the first time, one later."
}

# Waits for the build that was begun, if there is one.
finish_build() {
  if [[ -z $build_pid ]]; then
    return 0
  fi
  finish_quietly "Building the service" "$log_folder/build.log" "$build_pid" "$build_started" ||
    stop_with "The build failed: the whole log is $log_folder/build.log"
  build_pid=
  printf '%s\n' "$build_sources" >"$build_stamp"
}

# Without tests and static checks, which are for bin/test; from nothing, as classes of removed sources would stay.
build_service() {
  rm -rf target/classes target/maven-status target/quarkus-app "$aot_caches"
  mvn --batch-mode --no-transfer-progress package -Dmaven.test.skip=true -DskipStaticChecks
}

# One hash over the names and contents of everything that becomes part of the service.
hash_of_sources() {
  find pom.xml src/main frontend examples \
    \( -name node_modules -o -name dist -o -name __pycache__ -o -name test-results -o -name playwright-report \) -prune \
    -o -type f -print0 |
    LC_ALL=C sort --zero-terminated | xargs --null sha256sum | sha256sum
}
