# shellcheck shell=bash
# What a command started ends with the command.

# The folder for what a command writes meanwhile, empty until it has one.
work_folder=

# Makes the work folder; at the end of the command, however that comes about, everything it started ends and the folder goes.
clean_up_at_end() {
  work_folder=$(mktemp -d)
  trap end_everything EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# Called by the trap above.
# shellcheck disable=SC2317
end_everything() {
  trap '' INT TERM
  stop_job
  stop_service
  stop_background_jobs
  stop_docker
  rm -rf "$work_folder"
}
