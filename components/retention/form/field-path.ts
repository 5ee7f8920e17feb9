import type { RetentionDraft } from '@/lib/policy/retention/form'

const fields: readonly [RegExp, keyof RetentionDraft][] = [
  [/^name$/, 'name'],
  [/^enabled$/, 'enabled'],
  [/^rules\.0\.template$/, 'template'],
  [/^rules\.0\.params(\.\w+)?$/, 'amount'],
  [/^rules\.0\.tag_selectors\.0\.decoration$/, 'tagDecoration'],
  [/^rules\.0\.tag_selectors\.0\.pattern$/, 'tagPattern'],
  [/^rules\.0\.scope_selectors\.repository\.0\.pattern$/, 'repositoryPattern'],
  [/^rules\.0\.repo_scope_mode$/, 'scope'],
  [/^trigger\.trigger_settings(\.cron)?$/, 'cron'],
  [/^trigger(\.type)?$/, 'trigger'],
]

/** The field behind a path of the request that the door refused; undefined for what no field of the form says. */
export function retentionFieldOf(path: string): keyof RetentionDraft | undefined {
  const inBody = path.replace(/^body\./, '')
  return fields.find(([pattern]) => pattern.test(inBody))?.[1]
}
