import 'server-only'
import type { Run, RunTag } from '../../contract/swr/runs'

/* A run in plain text, for tickets and chats. English like SWR's own words, and every time in UTC. */

const seconds = (start: string | null, end: string | null) =>
  start && end ? `${Math.round((Date.parse(end) - Date.parse(start)) / 1000)} s` : '-'

/** Texts of SWR can have several lines; a line of ours is one tag. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

export function runText(
  { execution, tags: counts, tasks, failures, at, complete }: Omit<Run, 'refreshing'>,
  tags: readonly RunTag[],
): string {
  const { id, policy_id, status, status_text, trigger, created_at, updated_at } = execution
  const head = [
    `Run ${id} of policy ${policy_id}: ${status}${status_text ? ` (${oneLine(status_text)})` : ''}`,
    `Started by ${trigger}, ${created_at}; updated ${updated_at}; as of ${at}`,
    `Tags: ${
      Object.entries(counts)
        .filter(([, count]) => count > 0)
        .map(([phase, count]) => `${count} ${phase}`)
        .join(', ') || 'none'
    }; in ${tasks.length} repositories${complete ? '' : '; incomplete'}`,
  ]
  const causes = failures.map(
    ({ cause, text, tags: count, repositories }) =>
      `  ${cause}: ${count} tags in ${repositories.join(', ')}\n    ${oneLine(text)}`,
  )
  const lines = tags.map(({ repository, tag, digest, status: spelled, start, end, text }) =>
    [`${repository}:${tag || digest}`, spelled, seconds(start, end), end ?? '-', oneLine(text)].join('\t').trimEnd(),
  )
  return [
    ...head,
    ...(causes.length > 0 ? ['', 'Why tags failed', ...causes] : []),
    '',
    ['Tag', 'Status', 'Duration', 'Ended', 'Reason'].join('\t'),
    ...lines,
    '',
  ].join('\n')
}
