#!/usr/bin/env bash
# Starts the platform and, as a process of its own, the sample site that feeds it over HJ 212. Ends both together.
set -euo pipefail
. "$(dirname "$0")/common.sh"
sample_program="$repo/tools/Qingyuan.SampleSite/bin/Release/net10.0/Qingyuan.SampleSite"

data=$repo/data
options=("$@")
[[ " $* " == *" --data"* ]] || options+=(--data "$data")
for ((i = 0; i < ${#options[@]}; i++)); do
  case ${options[i]} in
    --data) data=${options[i + 1]:-$data} ;;
    --data=*) data=${options[i]#--data=} ;;
  esac
done

# What the sample loggers understand beyond the standard; the platform reads adapters when it starts.
mkdir -p "$data/adapters"
cp -n "$repo"/tools/Qingyuan.SampleSite/Data/adapters/*.json "$data/adapters/"

# The coprocess' output passes through here, so that the ready line can be read and still be seen.
coproc PLATFORM { exec "$(host_program)" serve --sample "${options[@]}"; }
platform=$PLATFORM_PID
sample=
stop() {
  [ -z "$sample" ] || kill "$sample" 2>/dev/null || true
  kill -TERM "$platform" 2>/dev/null || true
}
trap stop INT TERM

while IFS= read -r line <&"${PLATFORM[0]}"; do
  echo "$line"
  case $line in
    ready\ *)
      http=$(sed -n 's/.* http=\([^ ]*\).*/\1/p' <<<"$line")
      hj212=$(sed -n 's/.* hj212=\([^ ]*\).*/\1/p' <<<"$line")
      "$sample_program" --http "$http" --hj212 "$hj212" --data "$data" --cli "$(host_program)" &
      sample=$!
      ;;
  esac
done
status=0
wait "$platform" || status=$?
stop
exit $status
