# shellcheck shell=bash
# Builds the service, only where its sources changed since the last build.

service_jar=target/quarkus-app/quarkus-run.jar
build_stamp=target/logs/built-from

# Records of classes, one for each version of Java; good for the one build they were made with.
class_caches=target/class-caches

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

# Without the static checks, which bin/test makes.
build_service() {
  rm -rf target/quarkus-app "$class_caches"
  mvn --batch-mode --no-transfer-progress package -DskipTests -DskipStaticChecks
}

# From Java 25 on a start and the first runs take half the work with a record of what others took. It is made once for
# a build.
ensure_class_cache() {
  if (($(java_version "$JAVA_HOME") < 25)) || [[ -f $(class_cache) ]]; then
    return 0
  fi
  run_quietly "Recording what a start needs" "$log_folder/class-cache.log" make_class_cache ||
    say "Without that record every start takes longer; it will be tried again."
}

class_cache() {
  printf '%s/%s.aot\n' "$class_caches" "$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$JAVA_HOME/release")"
}

# Starts the service on an empty folder, has it do some work and stops it; Java writes the record at its end.
make_class_cache() {
  local port service deadline=$((SECONDS + 120))
  port=$(free_port)
  mkdir -p "$class_caches"
  QUARKUS_HTTP_PORT=$port DATAPIPELINE_DATA_DIRECTORY=$(mktemp -d --tmpdir="$class_caches") \
    "$JAVA_HOME/bin/java" "${java_options[@]}" "-XX:AOTCacheOutput=$(class_cache)" -jar "$service_jar" &
  service=$!
  until is_ready "$port" || ! kill -0 "$service" || ((SECONDS >= deadline)); do
    sleep 0.2
  done
  node bin/lib/exercise.mjs "http://localhost:$port" examples/capitals || true
  kill -TERM "$service"
  wait "$service" || true
  rm -rf "$class_caches"/tmp.*
  [[ -f $(class_cache) ]]
}

# One hash over the names and contents of everything that becomes part of the service.
hash_of_sources() {
  find pom.xml src/main frontend examples \
    \( -name node_modules -o -name dist -o -name __pycache__ -o -name test-results -o -name playwright-report \) -prune \
    -o -type f -print0 |
    LC_ALL=C sort --zero-terminated | xargs --null sha256sum | sha256sum
}
