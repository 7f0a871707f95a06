#!/usr/bin/env bash
# Coverage-guided fuzzing of the HJ 212 library: scripts/fuzz.sh [SECONDS]. The corpus is every example frame; a crash stays in artifacts/fuzz/out and ends with 1.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh
seconds=${1:-600}
command -v afl-fuzz > /dev/null || { [ "$(id -u)" = 0 ] && apt-get install -y --no-install-recommends afl++ > /dev/null; } || { echo "afl-fuzz is missing: apt-get install afl++" >&2; exit 2; }
need_dotnet
dotnet tool restore > /dev/null
work=artifacts/fuzz
rm -rf "$work" && mkdir -p "$work/corpus"
dotnet build tests/Qingyuan.Hj212.Fuzz -c Release -v q -o "$work/bin"
dotnet sharpfuzz "$work/bin/Qingyuan.Hj212.dll"
number=0
while IFS= read -r frame; do
  case $frame in '##'*) number=$((number + 1)); printf '%s\r\n' "$frame" > "$work/corpus/$number" ;; esac
done < <(cat tests/Qingyuan.Hj212.Tests/Frames/*.txt)
echo "corpus: $number frames; fuzzing $seconds s"
AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 \
  afl-fuzz -V "$seconds" -i "$work/corpus" -o "$work/out" -t 10000 -m none -- dotnet "$work/bin/Qingyuan.Hj212.Fuzz.dll" > "$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 2; }
grep -E '^(execs_done|execs_per_sec|corpus_count|saved_crashes|saved_hangs|bitmap_cvg)' "$work/out/default/fuzzer_stats"
[ "$(find "$work/out/default/crashes" -name 'id:*' | wc -l)" = 0 ]
