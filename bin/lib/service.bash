# shellcheck shell=bash
# Starts and stops one service on this machine.

# The process of the service, empty while none runs.
service_pid=

# More settings of the services that are started, as NAME=VALUE.
more_settings=()

# start_service PORT DATA_FOLDER: starts the service and returns when it is ready to be used.
start_service() {
  local port=$1 data_folder=$2
  mkdir -p "$data_folder/logs"
  local log=$data_folder/logs/service.log options
  mapfile -t options < <(service_options)
  # For this service only: others that the same command starts have settings of their own.
  local settings=(
    "QUARKUS_HTTP_PORT=$port" "DATAPIPELINE_DATA_DIRECTORY=$data_folder"
    # The terminal belongs to the person; the log goes to a file that the service rotates by itself.
    QUARKUS_LOG_CONSOLE_ENABLED=false QUARKUS_LOG_FILE_ENABLED=true "QUARKUS_LOG_FILE_PATH=$log"
    # A person waits at the terminal; a batch that is interrupted runs again after the next start.
    "DATAPIPELINE_WORKER_SHUTDOWN_GRACE=${DATAPIPELINE_WORKER_SHUTDOWN_GRACE:-5s}"
    "${more_settings[@]}"
  )
  start_job env "${settings[@]}" "$JAVA_HOME/bin/java" "${options[@]}" -jar "$service_jar"
  service_pid=$current_job
  current_job=
  wait_until_ready "$port" "$log"
}

# The options of the service's own image.
java_options=("@$root/src/main/docker/service/java.options")

# How Java runs the service, one option a line.
service_options() {
  printf '%s\n' "${java_options[@]}"
  if [[ -f $(aot_cache) ]]; then
    # Java ignores a cache that does not fit, without a warning.
    printf '%s\n' "-XX:AOTCache=$(aot_cache)" "-Xlog:aot*=off" "-Xlog:cds*=off"
  fi
}

wait_until_ready() {
  local port=$1 log=$2 deadline=$((SECONDS + 120))
  until is_ready "$port"; do
    if ! service_is_alive; then
      service_pid=
      show_end_of "$log"
      stop_with "The service stopped while it was starting: the end of its log is above."
    fi
    if ((SECONDS >= deadline)); then
      show_end_of "$log"
      stop_with "The service is not ready after two minutes: the end of its log is above."
    fi
    sleep 0.1
  done
}

is_ready() {
  [[ $(status_line "$1" /q/health/ready) == *' 200 '* ]]
}

# Whether the service at the port has users.
asks_who_somebody_is() {
  [[ $(status_line "$1" /api/v1/me) == *' 401 '* ]]
}

# status_line PORT PATH: the first line of the answer. Asks with bash alone, since curl is not on every machine.
status_line() (
  exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
  read -r -t 5 answer <&3
  printf '%s' "$answer"
)

free_port() {
  node --input-type=module --eval "import { freePort } from '$root/system-tests/harness/free-port.mjs'; console.log(await freePort())"
}

port_is_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Lets the service finish its work, for which it takes less than the minute it has here.
stop_service() {
  if [[ -z $service_pid ]]; then
    return 0
  fi
  kill -TERM "$service_pid" 2>/dev/null || true
  local deadline=$((SECONDS + 60))
  while service_is_alive && ((SECONDS < deadline)); do
    sleep 0.1
  done
  if service_is_alive; then
    say "The service did not stop within a minute and was killed."
    kill -KILL "$service_pid" || true
  fi
  wait "$service_pid" 2>/dev/null || true
  service_pid=
}

service_is_alive() {
  kill -0 "$service_pid" 2>/dev/null
}

# Runs COMMAND, which starts services by system-tests/harness.
with_service_to_start() {
  SERVICE_JAR=$root/$service_jar SERVICE_OPTIONS=$(service_options) "$@"
}
