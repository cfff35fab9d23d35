# shellcheck shell=bash
# What the commands say to a person and ask of one.

say() {
  printf '%s\n' "$*"
}

# Ends the command with one sentence that tells the reader what to do.
stop_with() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Asks a yes-or-no question where a person can answer; without a terminal the answer is yes.
agreed_to() {
  [[ -t 0 && -t 1 ]] || return 0
  local answer
  read -r -p "$1 [Y/n] " answer
  [[ -z $answer || $answer == [Yy]* ]]
}

# Writes over the line that shows time passing.
finish_line() {
  if [[ -t 1 ]]; then
    printf '\r\033[K'
  fi
  say "$1"
}

# Shows what stands at the end of a log, if the log has been begun.
show_end_of() {
  [[ -s $1 ]] || return 0
  say "The end of $1:"
  tail -n 40 "$1" | sed 's/^/  /'
}
