# shellcheck shell=bash
# The stand-in for a model server, so that model calls can be seen without an account.

# What the example may spend: too little for all of its calls.
model_demo_budget=0.03
# A minute, as many as the stand-in answers.
model_demo_requests=240

# start_model_demo DATA_FOLDER: starts the stand-in, and makes it the upstream of services that are started after it.
start_model_demo() {
  local folder=$1/model-demo log=$1/logs/model-demo.log port
  mkdir -p "$folder" "$1/logs"
  port=$(free_port)
  (umask 077 && od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$folder/key")
  write_model_settings "$folder" "$port" >"$folder/settings.properties"
  more_settings+=("QUARKUS_CONFIG_LOCATIONS=${QUARKUS_CONFIG_LOCATIONS:+$QUARKUS_CONFIG_LOCATIONS,}$folder/settings.properties")
  start_background_job python3 examples/capitals-model/stand_in_server.py \
    --port "$port" --key-file "$folder/key" --requests-per-minute "$model_demo_requests" >"$log" 2>&1
  local deadline=$((SECONDS + 30))
  until port_is_taken "$port"; do
    if ! kill -0 "$background_job" 2>/dev/null || ((SECONDS >= deadline)); then
      show_end_of "$log"
      stop_with "The stand-in for a model did not start."
    fi
    sleep 0.1
  done
}

write_model_settings() {
  local folder=$1 port=$2 upstream=datapipeline.llm.upstreams.demo model=capitals-stand-in
  cat <<END
$upstream.base-url=http://127.0.0.1:$port/v1
$upstream.api-key-file=$folder/key
$upstream.default=true
$upstream.models=$model
$upstream.requests-per-minute=$model_demo_requests
$upstream.prices."$model".input=10
$upstream.prices."$model".output=40
END
}
