# Functions that the launchers of a checkout (./weir) and of the distribution (bin/weir) share.
# shellcheck shell=bash

# Messages and progress go to standard error; standard output belongs to the command.
say() { printf '%s\n' "$*" >&2; }

stop() {
  say "weir: $*"
  exit 1
}

# java_version DIRECTORY prints the version of the Java installed there, nothing if there is none. By its release file:
# starting a JVM to ask it would cost every command a fifth of a second.
java_version() {
  [[ -n $1 && -x $1/bin/java && -r $1/release ]] || return 0
  sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$1/release"
}

# The JVM reads arguments and names of files in the charset of the locale, and cannot be told another: in LC_ALL=C all
# but ASCII would be lost. Weir takes them as UTF-8 whatever the locale says; its main method refuses what still is not.
use_utf8() {
  local name
  [[ $(locale charmap 2> /dev/null) == UTF-8 ]] && return
  for name in C.UTF-8 en_US.UTF-8; do
    [[ $(env "LC_ALL=$name" locale charmap 2> /dev/null) == UTF-8 ]] && break
  done
  export LC_ALL=$name
}

# launch ROOT CONF CLASSPATH MAIN_CLASS ARGUMENT… becomes the JVM of a command, of the Java in JAVA_HOME.
launch() {
  local root=$1 conf=$2 classpath=$3 options=command
  shift 3
  case "${1##*.} ${2-}" in
    'Weir up' | 'Weir api') options=service ;;
  esac
  use_utf8
  umask 077 # what it writes is for the user alone: readings, keys, logs
  exec "$JAVA_HOME/bin/java" "@$conf/$options.options" "-Dweir.home=$root" -cp "$classpath" "$@"
}
