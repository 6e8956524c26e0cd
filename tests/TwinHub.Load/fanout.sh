#!/usr/bin/env bash
# Prepares what `bench fanout` measures: a hub with rooms and tokens in a temporary data directory, and beside its tables an
# empty database for the INSERT hub. Everything is loopback and is removed at the end.
set -euo pipefail
root=$1; shift
web="$root/src/TwinHub.Web/bin/Release/net10.0/TwinHub.Web.dll"
load="$root/tests/TwinHub.Load/bin/Release/net10.0/TwinHub.Load.dll"
work=$(mktemp -d); chmod 0711 "$work"
hub=
finish() {
  if [ -n "$hub" ]; then kill "$hub" 2>/dev/null || true; wait "$hub" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT

port=$(( 20000 + RANDOM % 10000 ))
dotnet "$web" bench-data --groups 250 --members 20 --out "$work/out" --data "$work/data" >&2
dotnet "$web" run --port "$port" --no-demo --data "$work/data" >"$work/hub.log" 2>&1 &
hub=$!
for _ in $(seq 1 100); do
  curl -sf "http://localhost:$port/health/ready" >/dev/null 2>&1 && break
  kill -0 "$hub" 2>/dev/null || { cat "$work/hub.log" >&2; exit 1; }
  sleep 0.2
done
bin=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/createdb' | sort -V | tail -1 || command -v createdb)")
"$bin/createdb" -h "$work/data/postgres" -U twinhub bench_insert
dotnet "$load" fanout --twinhub-url "http://127.0.0.1:$port" --twinhub-pid "$hub" --data "$work/out" \
  --insert-connection "Host=$work/data/postgres;Username=twinhub;Database=bench_insert;Maximum Pool Size=50" "$@"
