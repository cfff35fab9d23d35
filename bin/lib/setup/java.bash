# shellcheck shell=bash
# Finds a JDK that can build and run the service, or installs one.

oldest_java=21

# Sets and exports JAVA_HOME: the one given where it is new enough, else the newest JDK on this machine.
ensure_java() {
  if (($(java_version "${JAVA_HOME:-}") >= oldest_java)); then
    return
  fi
  JAVA_HOME=$(newest_java)
  if [[ -z $JAVA_HOME ]]; then
    install_java
    JAVA_HOME=$(newest_java)
  fi
  [[ -n $JAVA_HOME ]] ||
    stop_with "No JDK $oldest_java or newer was found: install one (for example Temurin 25) and set JAVA_HOME to it."
  export JAVA_HOME
}

# The feature release of the JDK in folder $1, 0 where there is none or only a run-time without a compiler.
java_version() {
  local version=0
  if [[ -n $1 && -x $1/bin/javac && -r $1/release ]]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  fi
  printf '%s\n' "${version:-0}"
}

newest_java() {
  local folder version newest='' newest_version=$((oldest_java - 1))
  while read -r folder; do
    version=$(java_version "$folder")
    if ((version > newest_version)); then
      newest=$folder newest_version=$version
    fi
  done < <(java_folders)
  printf '%s\n' "$newest"
}

java_folders() {
  local on_path
  if on_path=$(command -v java); then
    dirname "$(dirname "$(readlink -f "$on_path")")"
  fi
  local folder
  for folder in /usr/lib/jvm/* /opt/*jdk* /opt/java/* /usr/local/*jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [[ -d $folder ]]; then
      printf '%s\n' "$folder"
    fi
  done
}

install_java() {
  may_install_packages || return 0
  local package
  for package in openjdk-25-jdk-headless openjdk-21-jdk-headless; do
    if package_exists "$package"; then
      agreed_to "No JDK $oldest_java or newer was found. Install $package?" && install_packages "$package"
      return 0
    fi
  done
}
