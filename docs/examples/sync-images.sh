#!/usr/bin/env bash
# Syncs images to other regions from a pipeline, and tells the truth about it: the exit code is 0 only if every image was
# seen at every target with the same digest.
#
#   CONSOLE_URL=https://… CONSOLE_TOKEN=swrc_… sync-images.sh CONNECTION REQUEST.json
#
# REQUEST.json: {"images": [{"reference": "org/repo:tag"}], "targets": [{"region": "…", "organization": "…"}]}
# SYNC_KEY        names this attempt; started again with the same key and request, the script follows the first job
# SYNC_TIMEOUT    seconds to follow the job for, 3600 by default
#
# Needs bash, curl 7.76 or newer, and jq.
set -euo pipefail

connection=${1:?connection}
request=${2:?file with the request}
: "${CONSOLE_URL:?}" "${CONSOLE_TOKEN:?}"
key=${SYNC_KEY:-$(uuidgen 2>/dev/null || cat /proc/sys/kernel/random/uuid)}
timeout=${SYNC_TIMEOUT:-3600}

reply=$(mktemp)
trap 'rm -f "$reply"' EXIT

# The token is not in the arguments, which other users of the machine can see. Repeating is safe: writes carry a key. The answer
# is collected in a file, where curl begins anew with each try: on standard output a failed one would stand before it.
call() {
  local status
  while true; do
    : >"$reply"
    status=0
    curl --silent --show-error --fail-with-body --retry 5 --retry-connrefused --max-time 120 --output "$reply" \
      --header @<(printf 'Authorization: Bearer %s' "$CONSOLE_TOKEN") "$@" || status=$?
    # The first try goes on although its answer was lost: soon its key gets it.
    ((status != 0 && SECONDS < timeout)) && jq -e '.code == "idempotency_running"' "$reply" &>/dev/null || break
    sleep 2
  done
  cat "$reply"
  return $status
}

fail() {
  echo "$1" >&2
  exit 1
}

if ! started=$(call --request POST \
  --header 'Content-Type: application/json' --header "Idempotency-Key: $key" --data-binary @"$request" \
  "$CONSOLE_URL/api/v1/connections/$connection/sync-jobs"); then
  fail "The job was not started: $started"
fi
url=$(jq -er .url <<<"$started")
echo "Job $(jq -r .id <<<"$started")"

# Each request waits for the end; proxies often close after 60 seconds without an answer.
state=running
while [[ $state == running || $state == paused ]]; do
  ((SECONDS < timeout)) || fail "The job has not ended after $timeout seconds; it goes on."
  job=$(call "$url?wait=55") || fail "The job cannot be followed: ${job:-}"
  state=$(jq -er .state <<<"$job")
  echo "$state: $(jq -r '.counts | to_entries | map(select(.value > 0) | "\(.value) \(.key)") | join(", ")' <<<"$job")"
done

# Skipped is what was there with the same digest before; anything else that is not verified has not arrived for sure.
job=$(call "$url?cells=all") || fail "The job cannot be read: ${job:-}"
jq -r '.cells[] | select(.state | IN("verified", "skipped") | not)
  | "\(.state): \(.repository):\(.tag) to \(.region)/\(.organization) \(.swr.message // .reason // "")"' <<<"$job"
jq -e '.state == "done" and (.cells | length > 0 and all(.state | IN("verified", "skipped")))' <<<"$job" >/dev/null || fail 'Not everything arrived.'
echo 'Everything arrived.'
