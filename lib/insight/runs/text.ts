import 'server-only'
import type { Run, RunTag, TagCounts } from '../../contract/swr/runs'

/* A run in plain text, for tickets and chats. English like SWR's own words, and every time in UTC. */

const seconds = (start: string | null, end: string | null) =>
  start && end ? `${Math.round((Date.parse(end) - Date.parse(start)) / 1000)} s` : '-'

const sumOf = (counts: TagCounts) => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** Texts of SWR can have several lines; a line of ours is one tag. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

export function runText(
  { execution, tags: counts, repositories: tasks, failures, at, complete }: Omit<Run, 'refreshing'>,
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
    }; in ${sumOf(tasks)} repositories${complete ? '' : '; incomplete'}`,
  ]
  const causes = failures.map((failure) => {
    const { cause, act, text, tags: count, whole, repositories, repositoryCount } = failure
    const what = whole > 0 ? `${whole} repositories as a whole` : `${count} ${act === 'copy' ? 'tags' : 'deletions'}`
    const others = repositoryCount > repositories.length ? `, ${repositoryCount - repositories.length} more` : ''
    return `  ${cause}: ${what} in ${repositories.join(', ')}${others}\n    ${oneLine(text)}`
  })
  const lines = tags.map(({ repository, tag, digest, act, status: spelled, start, end, text }) =>
    [
      `${repository}:${tag || digest}`,
      act === 'copy' ? spelled : `${spelled} (${act})`,
      seconds(start, end),
      end ?? '-',
      oneLine(text),
    ]
      .join('\t')
      .trimEnd(),
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
