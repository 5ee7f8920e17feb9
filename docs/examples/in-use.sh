#!/usr/bin/env bash
# Tells the console what runs in clusters, so that retention does not delete it: one list for each context of kubectl.
#
#   CONSOLE_URL=https://… CONSOLE_TOKEN=swrc_… in-use.sh CONTEXT…
#
# IN_USE_HOURS  hours for which the lists are believed; without it those that are set in the console
#
# Run it more often than that, for example every hour. Needs bash, curl 7.76 or newer, kubectl, and the right to list pods.
set -euo pipefail

: "${1:?a context of kubectl}" "${CONSOLE_URL:?}" "${CONSOLE_TOKEN:?}"
status=0
for context in "$@"; do
  # The name in the address: a context may have letters that mean something there.
  cluster=${context//[^A-Za-z0-9._-]/-}
  kubectl --context "$context" get pods --all-namespaces --output json |
    curl --silent --show-error --fail-with-body --retry 5 --retry-connrefused --max-time 300 --request PUT \
      --header @<(printf 'Authorization: Bearer %s' "$CONSOLE_TOKEN") --header 'Content-Type: application/json' \
      --data-binary @- "$CONSOLE_URL/api/v1/in-use/$cluster${IN_USE_HOURS:+?hours=$IN_USE_HOURS}" || {
    echo "$context: the list was not taken; the one before stays until it expires." >&2
    status=1
  }
  echo
done
exit $status
