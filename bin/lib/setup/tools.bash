# shellcheck shell=bash
# The programs that the commands need, from Debian packages where they are missing.

oldest_node=20

# ensure_tools NAME...: each is installed where it is missing, or named in a sentence that ends the command.
ensure_tools() {
  local tool
  for tool in "$@"; do
    case $tool in
      mvn) ensure_command mvn maven "Maven 3.8 or newer is needed to build the service" ;;
      node) ensure_command node nodejs "Node $oldest_node or newer is needed to build and test the service" && check_node ;;
      npm) ensure_command npm npm "npm is needed to build the page" ;;
      python3) ensure_command python3 python3 "Python 3.11 or newer is needed to test the engine and for the demo of model calls" ;;
      shellcheck) ensure_command shellcheck shellcheck "shellcheck is needed to check the commands" ;;
      chromium) ensure_command chromium chromium "Chromium is needed for the browser tests" ;;
      faketime) ensure_command faketime faketime "faketime is needed to test with clocks that jump" ;;
      strace) ensure_command strace strace "strace is needed to see what is forced to the disk" ;;
    esac
  done
}

# ensure_command COMMAND PACKAGE SENTENCE: installs PACKAGE where COMMAND is missing, or ends with SENTENCE and what to do.
ensure_command() {
  if command -v "$1" >/dev/null; then
    return
  fi
  if may_install_packages && agreed_to "$1 was not found. Install the package $2?"; then
    install_packages "$2"
    return
  fi
  stop_with "$3: install it and make sure that $1 is on the PATH."
}

check_node() {
  local version
  version=$(node --version)
  version=${version#v}
  ((${version%%.*} >= oldest_node)) ||
    stop_with "Node $version is too old: install Node $oldest_node or newer (see nodejs.org) and make sure that it comes first on the PATH."
}

# What builds the service and its page.
ensure_build_tools() {
  ensure_java
  ensure_tools mvn node npm
}
