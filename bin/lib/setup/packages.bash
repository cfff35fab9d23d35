# shellcheck shell=bash
# Installing packages, which is done only as root on a Debian-like system.

may_install_packages() {
  ((EUID == 0)) && command -v apt-get >/dev/null
}

package_exists() {
  refresh_package_list
  apt-cache show "$1" >/dev/null 2>&1
}

install_packages() {
  refresh_package_list
  run_quietly "Installing $*" "$log_folder/packages.log" \
    env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@" ||
    stop_with "apt-get could not install $*. Fix what the log says and run this command again."
}

package_list_is_fresh=

refresh_package_list() {
  if [[ -z $package_list_is_fresh ]]; then
    run_quietly "Reading the package list" "$log_folder/packages.log" apt-get update ||
      stop_with "apt-get update failed. Fix what the log says and run this command again."
    package_list_is_fresh=yes
  fi
}
