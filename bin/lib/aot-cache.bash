# shellcheck shell=bash
# The AOT cache of Java, from version 25 on: with a record of the classes and methods that others needed, a start and
# the first runs take half the work. It is recorded once for a build, from a service that does some work.

# One cache for each version of Java.
aot_caches=target/aot-caches

aot_cache() {
  printf '%s/%s.aot\n' "$aot_caches" "$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$JAVA_HOME/release")"
}

# Records the cache where it is missing, and waits for it.
ensure_aot_cache() {
  if has_aot_cache; then
    return 0
  fi
  run_quietly "Recording the AOT cache (about two minutes, once for a build)" "$log_folder/aot-cache.log" record_aot_cache ||
    say "Without the AOT cache every start takes longer; it will be tried again."
}

# Records the cache where it is missing, for the next start, while this command goes on at a higher priority.
record_aot_cache_meanwhile() {
  if has_aot_cache; then
    return 0
  fi
  say "The next start will be faster: its AOT cache is recorded in the background, at low priority."
  start_background_job nice -n 19 bash -c "source '$root/bin/lib/environment.bash' && record_aot_cache" >"$log_folder/aot-cache.log" 2>&1
}

# Java before 25 needs none.
has_aot_cache() {
  (($(java_version "$JAVA_HOME") < 25)) || [[ -f $(aot_cache) ]]
}

# The service stops its database first; what Java would record after that is not waited for.
give_up_recording() {
  local deadline=$((SECONDS + 15))
  kill -TERM "$service" 2>/dev/null || true
  while [[ -f $folder/data/postgresql/postmaster.pid ]] && ((SECONDS < deadline)); do
    sleep 0.1
  done
  kill -KILL "$service" 2>/dev/null || true
}

# Starts the service on an empty folder, has it do some work and stops it; Java writes the record at its end. Whoever
# comes while another command records waits for that one.
record_aot_cache() (
  mkdir -p "$aot_caches"
  exec 9>"$aot_caches/lock"
  flock 9
  if has_aot_cache; then
    exit 0
  fi
  folder=$(mktemp -d --tmpdir="$aot_caches")
  port=$(free_port)
  QUARKUS_HTTP_PORT=$port DATAPIPELINE_DATA_DIRECTORY=$folder/data DATAPIPELINE_SANDBOX_WARM=1 \
    "$JAVA_HOME/bin/java" "${java_options[@]}" "-XX:AOTCacheOutput=$folder/cache" -jar "$service_jar" 9>&- &
  service=$!
  trap 'rm -rf "$folder"' EXIT
  trap 'give_up_recording; exit 143' TERM INT
  deadline=$((SECONDS + 240))
  until is_ready "$port" || ! kill -0 "$service" || ((SECONDS >= deadline)); do
    sleep 0.2
  done
  node bin/lib/aot-workload.mjs "http://localhost:$port" examples/capitals || true
  kill -TERM "$service"
  wait "$service" || true
  # Whole or not at all: a start may look for it at any time.
  mv "$folder/cache" "$(aot_cache)"
)
