# shellcheck shell=bash
# Makes sure that a Docker engine answers, and that the image the sandboxes are built from is there.

docker_log=/var/log/dockerd.log

# The engine that this command started itself, empty where another one answers.
docker_pid=

ensure_docker() {
  if ! docker_answers; then
    provide_docker
  fi
  point_service_at_docker
}

docker_answers() {
  command -v docker >/dev/null && timeout 20 docker version >/dev/null 2>&1
}

provide_docker() {
  if [[ -n ${DOCKER_HOST:-} ]]; then
    stop_with "The Docker engine at DOCKER_HOST=$DOCKER_HOST does not answer: start it, or unset DOCKER_HOST to use the local one."
  fi
  if ((EUID != 0)); then
    stop_with "$(sentence_without_root)"
  fi
  if ! command -v dockerd >/dev/null; then
    may_install_packages || stop_with "No Docker engine was found: install Docker and run this command again."
    agreed_to "No Docker engine was found. Install docker.io and start it?" ||
      stop_with "The scripts of pipelines run in Docker containers only: install Docker and run this command again."
    install_docker
  fi
  start_docker
}

sentence_without_root() {
  if ! command -v docker >/dev/null; then
    say "Docker is needed and only root can install it: install it (see docs.docker.com/engine/install), then run this command again."
  elif [[ -S /var/run/docker.sock && ! -w /var/run/docker.sock ]]; then
    say "Permission denied on the Docker socket: add yourself to the group docker (sudo usermod -aG docker $(id -un)), log in again, then run this command again."
  else
    say "No Docker engine answers: start it (sudo systemctl start docker), then run this command again."
  fi
}

install_docker() {
  local packages=(docker.io iptables)
  # Debian 13 moved the client to a package of its own.
  if package_exists docker-cli; then
    packages+=(docker-cli)
  fi
  install_packages "${packages[@]}"
}

start_docker() {
  if [[ -d /run/systemd/system ]]; then
    say "Starting the Docker engine with systemctl."
    systemctl start docker || stop_with "systemctl could not start the Docker engine: journalctl -u docker says why."
  else
    # Without systemd the init script of docker.io fails in many containers where the engine itself runs well.
    setsid dockerd </dev/null >"$docker_log" 2>&1 &
    docker_pid=$!
    say "Starting the Docker engine (dockerd, process $docker_pid, log $docker_log)."
  fi
  wait_for_docker
}

wait_for_docker() {
  local deadline=$((SECONDS + 60))
  until docker_answers; do
    if ((SECONDS >= deadline)) || { [[ -n $docker_pid ]] && ! kill -0 "$docker_pid" 2>/dev/null; }; then
      show_end_of "$docker_log"
      stop_with "The Docker engine did not start: the end of its log is above."
    fi
    sleep 0.3
  done
}

# Ends the engine that this command started, and no other.
stop_docker() {
  if [[ -n $docker_pid ]]; then
    kill -TERM "$docker_pid" 2>/dev/null || true
    wait "$docker_pid" 2>/dev/null || true
    docker_pid=
  fi
}

# The service knows DOCKER_HOST and the usual socket; the client may have been told of another engine by its context.
point_service_at_docker() {
  local endpoint
  endpoint=$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null) || return 0
  if [[ -z ${DOCKER_HOST:-} && -n $endpoint && $endpoint != unix:///var/run/docker.sock ]]; then
    export DOCKER_HOST=$endpoint
  fi
}
