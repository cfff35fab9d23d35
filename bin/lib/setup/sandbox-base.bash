# shellcheck shell=bash
# Provides the image that the service builds its sandbox image from: Python on a small Debian, with a pip that resolves packages.

public_base=python:3-slim
# Another name for another content: an image that was made before is not taken for this one.
local_base=datapipeline-sandbox-base:bookworm-pip

# Sets and exports DATAPIPELINE_SANDBOX_BASE_IMAGE to an image that the engine has.
ensure_sandbox_base() {
  if [[ -n ${DATAPIPELINE_SANDBOX_BASE_IMAGE:-} ]]; then
    image_exists "$DATAPIPELINE_SANDBOX_BASE_IMAGE" || pull_image "$DATAPIPELINE_SANDBOX_BASE_IMAGE" ||
      stop_with "The image $DATAPIPELINE_SANDBOX_BASE_IMAGE cannot be pulled: check DATAPIPELINE_SANDBOX_BASE_IMAGE, or unset it."
  elif image_exists "$local_base"; then
    DATAPIPELINE_SANDBOX_BASE_IMAGE=$local_base
  elif image_exists "$public_base" || pull_image "$public_base"; then
    DATAPIPELINE_SANDBOX_BASE_IMAGE=$public_base
  else
    make_local_base
    DATAPIPELINE_SANDBOX_BASE_IMAGE=$local_base
  fi
  export DATAPIPELINE_SANDBOX_BASE_IMAGE
}

image_exists() {
  docker image inspect "$1" >/dev/null 2>&1
}

pull_image() {
  say "Pulling $1."
  timeout 120 docker pull "$1" >"$log_folder/pull.log" 2>&1
}

make_local_base() {
  may_install_packages ||
    stop_with "The image $public_base cannot be pulled: connect this machine to a registry that has it, or name an image with Python 3.11 or newer in DATAPIPELINE_SANDBOX_BASE_IMAGE."
  say "$public_base cannot be pulled: an image like it is made from Debian packages instead, once."
  command -v mmdebstrap >/dev/null || install_packages mmdebstrap debian-archive-keyring
  run_quietly "Making $local_base" "$log_folder/sandbox-base.log" import_debian ||
    stop_with "The base image of the sandboxes could not be made. Fix what the log says and run this command again."
}

# Documents, translations and package lists are of no use to a script; a program with a setuid bit is of use to a hostile one.
import_debian() {
  # The variable in quotes is the one of mmdebstrap's hook: the folder that becomes the image.
  # shellcheck disable=SC2016
  mmdebstrap --variant=minbase --include=python3,python3-rapidjson,python3-pip-whl \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --customize-hook='find "$1" -xdev -perm /6000 -type f -exec chmod ug-s {} +' \
    --customize-hook='rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*' \
    bookworm - | docker import - "$local_base"
}
