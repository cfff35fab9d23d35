# shellcheck shell=bash
# Runs long commands so that they can be watched, and ended with everything they started.

# The process group of the command that is waited for, empty while none is.
current_job=

# Starts COMMAND in a process group of its own, named in current_job: an interrupt at the terminal then
# reaches this shell alone, which decides what ends and when.
start_job() {
  set -m
  "$@" </dev/null &
  current_job=$!
  set +m
}

# Waits for the current job and returns its status.
wait_for_job() {
  local status=0
  wait "$current_job" || status=$?
  current_job=
  return "$status"
}

stop_job() {
  if [[ -n $current_job ]]; then
    kill -TERM -- "-$current_job" 2>/dev/null || true
    wait "$current_job" 2>/dev/null || true
    current_job=
  fi
}

# run_quietly LABEL LOG COMMAND...: runs COMMAND with its output in LOG and shows LABEL with its time.
# On failure the end of LOG is shown and the status of COMMAND returned.
run_quietly() {
  local label=$1 log=$2 started=$SECONDS status=0
  shift 2
  start_job "$@" >"$log" 2>&1
  show_time_passing "$label" "$started"
  wait_for_job || status=$?
  if ((status == 0)); then
    finish_line "$label: done in $((SECONDS - started)) s"
    return 0
  fi
  finish_line "$label: failed after $((SECONDS - started)) s"
  show_end_of "$log"
  return "$status"
}

show_time_passing() {
  local label=$1 started=$2
  if [[ ! -t 1 ]]; then
    say "$label …"
    return 0
  fi
  while kill -0 "$current_job" 2>/dev/null; do
    printf '\r\033[K%s: %d s' "$label" "$((SECONDS - started))"
    sleep 0.2
  done
}
