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
    end_group "$current_job"
    current_job=
  fi
}

# The process groups of commands that were started beside this one.
background_jobs=()

# Starts COMMAND beside this one, in a process group named in background_job.
start_background_job() {
  start_job "$@"
  background_job=$current_job
  background_jobs+=("$background_job")
  current_job=
}

# Ends those that did not end by themselves.
stop_background_jobs() {
  local job
  for job in "${background_jobs[@]}"; do
    if jobs -rp | grep --quiet --line-regexp "$job"; then
      end_group "$job"
    fi
  done
}

# Lets the first process of a group end the others as it sees fit, and then what is left of them.
end_group() {
  kill -TERM -- "-$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
  kill -KILL -- "-$1" 2>/dev/null || true
}

# run_quietly LABEL LOG COMMAND...: runs COMMAND with its output in LOG and shows LABEL with its time.
# On failure the end of LOG is shown and the status of COMMAND returned.
run_quietly() {
  local label=$1 log=$2
  shift 2
  start_job "$@" >"$log" 2>&1
  finish_quietly "$label" "$log" "$current_job" "$SECONDS"
}

# finish_quietly LABEL LOG JOB STARTED: waits for JOB, which began at second STARTED of this command, in the same way.
finish_quietly() {
  local label=$1 log=$2 started=$4 status=0
  current_job=$3
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
