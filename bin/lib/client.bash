# shellcheck shell=bash
# Builds the Python client.

# build_client FOLDER: writes the wheel into the folder and prints its path.
build_client() {
  local folder=$1 name
  mkdir -p "$folder"
  name=$(PYTHONDONTWRITEBYTECODE=1 python3 clients/python/build_backend.py "$folder")
  printf '%s\n' "$folder/$name"
}
