# shellcheck shell=bash
# Provides wheels of pandas and what it needs, the heavy packages of tests and of the benchmark, for the Python of the sandboxes.

# provide_pandas_wheels: sets and exports PANDAS_WHEELS to a folder that has them; fails where they cannot be had. Needs the base image.
provide_pandas_wheels() {
  local image
  image=$(docker image inspect --format '{{.Id}}' "$DATAPIPELINE_SANDBOX_BASE_IMAGE")
  export PANDAS_WHEELS=$root/target/pandas-wheels/${image#sha256:}
  if [[ -d $PANDAS_WHEELS ]]; then
    return 0
  fi
  run_quietly "Fetching wheels of pandas, once for a base image" "$log_folder/pandas-wheels.log" fetch_pandas_wheels
}

fetch_pandas_wheels() {
  mkdir -p "${PANDAS_WHEELS%/*}"
  if fits_debian; then
    node system-tests/harness/debian-wheels.mjs "$PANDAS_WHEELS"
  else
    download_pandas_wheels
  fi
}

# Whether this machine's packages are for the Python of an image that was made of such packages.
fits_debian() {
  local version
  command -v dpkg-deb apt-get >/dev/null || return 1
  ((EUID != 0)) || apt-get update
  version=$(docker run --rm --network none "$DATAPIPELINE_SANDBOX_BASE_IMAGE" dpkg-query --show --showformat '${Version}' python3) &&
    apt-cache madison python3 | grep --quiet --fixed-strings " $version "
}

download_pandas_wheels() {
  local draft=$PANDAS_WHEELS.draft
  mkdir -p "$draft"
  docker run --rm --user "$(id --user):$(id --group)" --env HOME=/tmp --volume "$draft:/wheels" "$DATAPIPELINE_SANDBOX_BASE_IMAGE" \
    timeout 300 python3 -m pip download --no-cache-dir --retries 1 --only-binary :all: --dest /wheels pandas &&
    mv "$draft" "$PANDAS_WHEELS"
}
