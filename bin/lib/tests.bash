# shellcheck shell=bash
# The parts of bin/test, and what they need. Each test_ function ends with status 0 when its part passes;
# it runs as a job of its own, so what it sets or starts stays with it. Its arguments name what of the part to run.

# The address of the service that the parts share, empty until one of them needs it, and whether it has a model to call.
service_address=
service_model=

ensure_sandboxes() {
  ensure_build_tools
  ensure_docker
  ensure_sandbox_base
}

# ensure_service with-model|without-model: a service that runs without a model stops for one that has a model, and the other
# way round.
ensure_service() {
  local model=$1 folder=$work_folder/service port
  if [[ -n $service_address && $service_model == "$model" ]]; then
    return
  fi
  ensure_sandboxes
  ensure_built
  ensure_aot_cache
  stop_service
  more_settings=()
  if [[ $model == with-model ]]; then
    folder=$work_folder/service-with-model
    # Packages are uploaded by the test that needs them; no index is asked.
    more_settings+=(DATAPIPELINE_ENVIRONMENT_DEFAULT_INDEX=false)
    start_model_demo "$folder"
  fi
  port=$(free_port)
  start_service "$port" "$folder"
  service_address=http://localhost:$port
  service_model=$model
}

# Tells what failed at the end of its output, where a person looks first.
node_tests() {
  node --test --test-reporter=spec "$@"
}

test_lint() {
  shellcheck --external-sources bin/{setup,up,test,client,faults,fuzz} bench/run .ci/run src/main/docker/service/*.sh &&
    (cd system-tests && npm ci && npm run check)
}

test_commands() {
  node_tests system-tests/commands/
}

# Two files at a time: most of what they do is wait. Only the whole part runs ruff and pyright too.
test_engine() {
  local files=("$@")
  if (($# == 0)); then
    (cd system-tests && npm ci && npm run check:python) || return
    files=(src/test/python/test_*.py)
  fi
  export work_folder
  printf '%s\n' "${files[@]##*/}" | xargs --max-procs=2 --replace bash -c "$(declare -f test_engine_file); test_engine_file {}"
}

test_engine_file() {
  local log=$work_folder/$1.log status=0
  TMPDIR=$work_folder PYTHONPATH=src/main/python PYTHONDONTWRITEBYTECODE=1 \
    python3 -m unittest discover --start-directory src/test/python --pattern "$1" --verbose >"$log" 2>&1 || status=$?
  cat "$log"
  # Before Python 3.12 a run that finds no test counts as a good one.
  ((status == 0)) && ! grep --quiet '^Ran 0 tests' "$log"
}

# What only a container shows: its limits, and the JSON module of its image. The engine is mounted, not taken from the image.
test_sandbox() {
  local image=$DATAPIPELINE_SANDBOX_BASE_IMAGE
  docker run --rm --network none --volume "$root/src:/src:ro" \
    --env PYTHONPATH=/src/main/python --env PYTHONDONTWRITEBYTECODE=1 "$image" \
    python3 -m unittest discover --start-directory /src/test/python --pattern test_values.py --verbose &&
    SANDBOX_IMAGE=$image TMPDIR=$work_folder PYTHONPATH=src/main/python:src/test/python PYTHONDONTWRITEBYTECODE=1 \
      python3 -m unittest discover --start-directory src/test/python/in_docker \
      --top-level-directory src/test/python/in_docker --verbose
}

test_java() {
  # Maven takes classes that were compiled without the static checks for up to date.
  rm -rf target/classes target/test-classes target/maven-status target/quarkus-app "$aot_caches"
  if (($# > 0)); then
    mvn --batch-mode --no-transfer-progress test "$@"
    return
  fi
  mvn --batch-mode --no-transfer-progress verify &&
    hash_of_sources >"$build_stamp"
}

test_frontend() {
  cd frontend && npm ci --no-audit --no-fund && npm run check && npm test -- "$@"
}

# The build writes the API document; api/openapi.json is a copy, from which the types of the page are made.
test_openapi() {
  diff target/openapi/openapi.json api/openapi.json &&
    (cd frontend && npm exec -- openapi-typescript ../api/openapi.json --output src/api/schema.d.ts --check) || {
    say "The API has changed: cp target/openapi/openapi.json api, then npm run generate in frontend."
    return 1
  }
}

test_contract() {
  SERVICE_ADDRESS=$service_address node_tests system-tests/contract/contract.test.mjs
}

test_bad_input() {
  # One file after the other: each counts what the service holds before and after.
  SERVICE_ADDRESS=$service_address SERVICE_FOLDER=$work_folder/service \
    node_tests --test-concurrency=1 system-tests/bad-input/"${1:-}"
}

test_examples() {
  SERVICE_ADDRESS=$service_address with_service_to_start node_tests --test-concurrency=1 system-tests/examples/
}

# test_client [FILE]: all files, or one. Data frames are tested where the wheels of pandas are for the Python of this machine.
test_client() {
  local pattern=${1:-test_*.py} wheel log=$work_folder/client.log status=0
  for wheel in "${PANDAS_WHEELS:-/nowhere}"/*.whl; do
    [[ ! -f $wheel ]] || python3 -m zipfile --extract "$wheel" "$work_folder/pandas"
  done
  cd clients/python
  PYTHONPATH=$work_folder/pandas python3 -c 'import pandas' || rm -rf "$work_folder/pandas"
  PYTHONPATH=$work_folder/pandas TMPDIR=$work_folder PYTHONDONTWRITEBYTECODE=1 with_service_to_start \
    python3 -m unittest discover --start-directory tests --top-level-directory . --pattern "$pattern" --verbose >"$log" 2>&1 || status=$?
  cat "$log"
  # Before Python 3.12 a run that finds no test counts as a good one.
  ((status == 0)) && ! grep --quiet '^Ran 0 tests' "$log"
}

# A seed for each day: what it finds can be repeated on the same day, and every day asks something new.
test_fuzz() {
  node system-tests/fuzz/fuzz.mjs "$service_address" 3000 "$(date +%Y%m%d)" &&
    with_service_to_start node system-tests/fuzz/money.mjs 250 "$(date +%Y%m%d)"
}

test_browser() {
  cd frontend && { [[ -d node_modules/@playwright ]] || npm ci --no-audit --no-fund; } &&
    E2E_BASE_URL=$service_address CHROMIUM=$(command -v chromium) npm run e2e -- "$@"
}

test_up() {
  node_tests system-tests/up/
}

test_faults() {
  local folder=system-tests/faults
  if (($# > 0)); then
    with_service_to_start node_tests --test-concurrency=1 "${@/#/$folder/}"
    return
  fi
  local slow=(database docker worker-paused clients slow-bodies cancel data-folder-full event-loop-hangs
    huge-dataset memory-exhausted model-calls slow-readers)
  # One file after the other, so that each has the machine to itself; of the slow ones another one each day.
  with_service_to_start node_tests --test-concurrency=1 "$folder"/{restart,crash-points,environments,disk-full,file-handles}.test.mjs \
    "$folder/${slow[$(date +%s) / 86400 % ${#slow[@]}]}.test.mjs"
}

# Byteman makes a service crash between two steps of its code, without a change to the code.
crash_point_agent=target/byteman/byteman-4.0.27.jar

ensure_crash_points() {
  if [[ ! -f $crash_point_agent ]]; then
    run_quietly "Fetching Byteman, which makes services crash at chosen points" "$log_folder/byteman.log" \
      mvn --batch-mode --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:2.8:copy \
      -Dartifact=org.jboss.byteman:byteman:4.0.27 -DoutputDirectory=target/byteman
  fi
  export CRASH_POINT_AGENT=$root/$crash_point_agent
}

test_hostile() {
  with_service_to_start node_tests "$@" system-tests/hostile/
}

test_packages() {
  with_service_to_start node_tests system-tests/packages/
}
