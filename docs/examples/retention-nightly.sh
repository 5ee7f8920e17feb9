#!/usr/bin/env bash
# Cleans up a namespace from a pipeline: dry run, verdicts, real run. The exit code is 0 only if there was nothing to delete, or
# the run came to its end; whatever is unclear before ends it, and nothing is deleted.
#
#   CONSOLE_URL=https://… CONSOLE_TOKEN=swrc_… retention-nightly.sh CONNECTION INSTANCE NAMESPACE POLICY
#
# RETENTION_MAX_TAGS      more tags than this are not deleted; 100 by default
# RETENTION_WITHOUT_COPY  true where no archive is set, and it is known that nothing can be brought back
# RETENTION_REASON        for the audit log. With the token of an admin it also accepts that images go which run somewhere
# RETENTION_TIMEOUT       seconds to follow each of the two for, 3600 by default
#
# Needs bash, curl 7.76 or newer, and jq.
set -euo pipefail

: "${4:?connection, instance, namespace and policy}" "${CONSOLE_URL:?}" "${CONSOLE_TOKEN:?}"
policy="$CONSOLE_URL/api/v1/connections/$1/instances/$2/retention/$3/$4"
namespace=$3
timeout=${RETENTION_TIMEOUT:-3600}

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

start() {
  call --request POST --header 'Content-Type: application/json' \
    --header "Idempotency-Key: $(uuidgen 2>/dev/null || cat /proc/sys/kernel/random/uuid)" --data-binary "$2" "$policy/$1"
}

fail() {
  echo "$1" >&2
  exit 1
}

# Each request waits for the end; proxies often close after 60 seconds without an answer.
follow() {
  local begun=$SECONDS state answer
  while true; do
    ((SECONDS - begun < timeout)) || fail "It has not ended after $timeout seconds; it goes on."
    answer=$(call "$1?wait=55") || fail "It cannot be followed: $answer"
    state=$(jq -er .state <<<"$answer")
    case $state in
      running | checking | waiting | copying | deleting) echo "$state …" >&2 ;;
      *) break ;;
    esac
  done
  printf '%s' "$answer"
}

# This opens the lock: the verdicts are read below.
started=$(start dry-runs '{}') || fail "The dry run was not started: $started"
dry=$(follow "$(jq -er .url <<<"$started")")
[[ $(jq -r .state <<<"$dry") == done ]] || fail "The dry run failed: $(jq -r '.failure // "" | tostring' <<<"$dry") $(jq -r .text <<<"$dry")"
jq -r '.repositories[] | .name as $name | .artifacts[] | select(.decision == "delete")
  | "delete: \($name)@\(.digest) \(.tags | join(", "))"' <<<"$dry"
jq -r '.totals | "\(.keep.tags) tags stay, \(.delete.tags) go, \(.unknown.tags) unknown, \(.differences) differences"' <<<"$dry"
jq -e '.totals | .unknown.images == 0 and .differences == 0' <<<"$dry" >/dev/null ||
  fail 'SWR and the console do not agree on what goes: nothing was deleted.'
if jq -e '.totals.delete.images == 0' <<<"$dry" >/dev/null; then
  echo 'There is nothing to delete.'
  exit 0
fi
jq -e --argjson most "${RETENTION_MAX_TAGS:-100}" '.totals.delete.tags <= $most' <<<"$dry" >/dev/null ||
  fail "More than ${RETENTION_MAX_TAGS:-100} tags would go: nothing was deleted."

request=$(jq -n --arg confirm "$namespace" --arg dryRun "$(jq -er .id <<<"$dry")" --arg reason "${RETENTION_REASON:-}" \
  --argjson withoutCopy "${RETENTION_WITHOUT_COPY:-false}" --argjson expect "$(jq '.totals.delete | {images, tags}' <<<"$dry")" \
  '{$confirm, $dryRun, $withoutCopy, $expect} + if $reason == "" then {} else {$reason} end')
started=$(start runs "$request") || fail "Nothing was deleted: $started"
run=$(follow "$(jq -er .url <<<"$started")")
jq -r '"\(.state): \(.deleted.tags) of \(.planned.tags) tags deleted \(.code // .failure // "") \(.text)"' <<<"$run"
jq -e '.state == "done"' <<<"$run" >/dev/null || fail 'The run did not come to its end.'
