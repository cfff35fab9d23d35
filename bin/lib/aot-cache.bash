# shellcheck shell=bash
# The AOT cache of Java, from version 25 on: with the classes and methods that earlier work needed, a start and the first
# runs take half the work. It is recorded once for a build.

# One cache for each version of Java.
aot_caches=target/aot-caches

aot_cache() {
  printf '%s/%s.aot\n' "$aot_caches" "$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$JAVA_HOME/release")"
}

# Java before 25 needs none.
has_aot_cache() {
  (($(java_version "$JAVA_HOME") < 25)) || [[ -f $(aot_cache) ]]
}

# Records the cache where it is missing, and waits for it.
ensure_aot_cache() {
  if has_aot_cache; then
    return 0
  fi
  run_quietly "Recording the AOT cache (about two minutes, once for a build)" "$log_folder/aot-cache.log" record_aot_cache ||
    say "Without the AOT cache each start takes longer; the next command tries again."
}

# Records the cache where it is missing, for the next start, while this command goes on at a higher priority.
record_aot_cache_in_background() {
  if has_aot_cache; then
    return 0
  fi
  say "The next start will be faster: its AOT cache is recorded in the background, at low priority."
  start_background_job record_aot_cache nice -n 19 >"$log_folder/aot-cache.log" 2>&1
}

# record_aot_cache [PREFIX...]: becomes the process that records, started by PREFIX. Whoever comes while another command
# records waits for that one, and finds the cache.
record_aot_cache() {
  mkdir -p "$aot_caches"
  with_service_to_start exec "$@" flock --no-fork "$aot_caches/lock" \
    node bin/lib/record-aot-cache.mjs "$(aot_cache)" examples/capitals
}
