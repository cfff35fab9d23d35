# shellcheck shell=bash
# Everything that the commands share. Sourced first; leaves the shell in the folder of the repository.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root" || exit
log_folder=$root/target/logs
mkdir -p "$log_folder"

# shellcheck source-path=SCRIPTDIR
source "$root/bin/lib/messages.bash"
source "$root/bin/lib/jobs.bash"
source "$root/bin/lib/setup/packages.bash"
source "$root/bin/lib/setup/tools.bash"
source "$root/bin/lib/setup/java.bash"
source "$root/bin/lib/setup/docker.bash"
source "$root/bin/lib/setup/sandbox-base.bash"
source "$root/bin/lib/setup/pandas-wheels.bash"
source "$root/bin/lib/aot-cache.bash"
source "$root/bin/lib/build.bash"
source "$root/bin/lib/client.bash"
source "$root/bin/lib/service.bash"
source "$root/bin/lib/model-demo.bash"
source "$root/bin/lib/cleanup.bash"
