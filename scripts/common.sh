# Shared by the commands at the root. Sourced, never run.
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

need_dotnet() {
  if command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.'; then return; fi
  echo "The .NET 10 SDK is missing. Install it as your system does: https://learn.microsoft.com/dotnet/core/install/linux" >&2
  exit 3
}

host_program() { echo "$repo/src/Qingyuan.Host/bin/Release/net10.0/qingyuan"; }

# Restores only when the packages are not there yet, so that everything works off line afterwards.
build() { quietly dotnet build "$1" -c Release -v quiet -clp:ErrorsOnly; }
build_solution() { quietly dotnet build Qingyuan.slnx -c Release -v quiet -clp:ErrorsOnly; }

# Prints a command's output only when it fails.
quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then cat "$log" >&2; rm -f "$log"; exit 3; fi
  rm -f "$log"
}

# PostgreSQL with pg_auto_failover, Chromium and a Chinese font, for the tests. Installed when we may, named when we may not.
need_tools() {
  local missing=()
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  command -v pg_autoctl >/dev/null || missing+=(pg-auto-failover-cli)
  command -v chromium >/dev/null || missing+=(chromium)
  [ -n "$(find /usr/share/fonts -iname '*NotoSansCJK*' -print -quit 2>/dev/null)" ] || missing+=(fonts-noto-cjk)
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    quietly apt-get update
    # No server is to start by itself: the tests start their own.
    mkdir -p /etc/postgresql-common
    [ -f /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    # The monitor's half of it carries the server's version in its name.
    [[ " ${missing[*]} " != *" pg-auto-failover-cli "* ]] || missing+=("postgresql-$(postgres_version)-auto-failover")
    DEBIAN_FRONTEND=noninteractive quietly apt-get install -y --no-install-recommends "${missing[@]}"
    return
  fi
  echo "Missing for the tests: ${missing[*]}. Install with: sudo apt-get install ${missing[*]}" >&2
  exit 3
}

# The major version of the PostgreSQL that is or will be installed.
postgres_version() {
  local here
  here=$(ls /usr/lib/postgresql 2>/dev/null | sort -n | tail -n 1)
  echo "${here:-$(apt-cache depends postgresql | grep -o 'postgresql-[0-9]*' | head -n 1 | grep -o '[0-9]*$')}"
}

# run, failed, skipped, errors of one xunit result file.
counts() {
  [ -f "$1" ] || { echo "0 0 0 0"; return; }
  local sum
  sum=$(grep -o '<assembly [^>]*>' "$1" | head -n 1)
  value() { grep -o " $1=\"[0-9]*\"" <<<"$sum" | grep -o '[0-9]*' || echo 0; }
  # What was not asked for (explicit tests) was not run and is not counted.
  echo "$(($(value total) - $(value not-run))) $(value failed) $(value skipped) $(value errors)"
}

# The tests that failed, of one xunit result file, each with the first line of what it said; none is no failure of this.
failures() {
  { sed 's/<test /\n&/g' "$1" | grep '^<test [^>]*result="Fail"' | sed -E 's/^<test [^>]* name="([^"]*)"[^>]*>/\1: /; s/: .*<message>/: /; s/<\/message>.*//'; } 2>/dev/null || true
}
