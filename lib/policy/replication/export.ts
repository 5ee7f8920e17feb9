import type { Replication } from '../../contract/swr/replication'
import { readTrigger } from '../schedule/trigger'
import { filterText, isExcluding, type PolicyFilter } from './filter'
import { remoteOf, toRequest } from './request'

/** Where a policy is, as far as the browser knows: the project id stays on the server. */
export interface ExportContext {
  readonly instance: string
  readonly region: string | undefined
  readonly policy: number
}

/** SWR's own address in a region (docs/swr-api.md section 2); a variable of the shell where the region is not known. */
function hostOf(region: string | undefined) {
  if (!region) return 'https://swr-api.$REGION.myhuaweicloud.com'
  return `https://swr-api.${region}.myhuaweicloud.${region === 'eu-west-101' ? 'eu' : 'com'}`
}

/** One word for a shell, whatever is in it. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

export const toJson = (policy: Replication) => JSON.stringify(toRequest(policy), null, 2)

/** The call that makes the policy what it is now. A token and the project id are the reader's own. */
export const toCurl = (policy: Replication, { instance, region, policy: id }: ExportContext) =>
  [
    'curl --fail-with-body -X PUT \\',
    `  "${hostOf(region)}/v2/$PROJECT_ID/instances/${encodeURIComponent(instance)}/replication/policies/${id}" \\`,
    "  -H 'Content-Type: application/json' \\",
    '  -H "X-Auth-Token: $TOKEN" \\',
    `  --data-raw ${quoted(toJson(policy))}`,
  ].join('\n')

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * A string of HCL. `${` and `%{` would begin a template: the sign before the brace is doubled, which says nothing where
 * there are several already; then the brace is spelled by its number.
 */
export function hclString(text: string): string {
  const plain = text
    .replaceAll(/[\\"\n\r\t]/g, (sign) => escapes[sign] ?? sign)
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
    .replaceAll(/([$%]+)\{/g, (_, signs: string) => (signs.length === 1 ? `${signs}${signs}{` : `${signs}\\u007b`))
  return `"${plain}"`
}

const resource = 'huaweicloud_swr_enterprise_replication_policy'

/** A label of HCL: letters of any script, digits, "_" and "-", and no digit or "-" in front. */
export const labelOf = (name: string) =>
  name.replaceAll(/[^\p{ID_Continue}-]/gu, '_').replace(/^(?![\p{ID_Start}_])/u, '_')

type Pair = readonly [string, string | number | boolean | undefined]

/** Arguments of a block, with their signs of equality in one column; those without a value are left out. */
function lines(pairs: readonly Pair[], indent: string): string[] {
  const given = pairs.filter(([, value]) => value !== undefined)
  const width = Math.max(0, ...given.map(([name]) => name.length))
  return given.map(
    ([name, value]) => `${indent}${name.padEnd(width)} = ${typeof value === 'string' ? hclString(value) : value}`,
  )
}

const block = (name: string, content: readonly string[]) => ['', `  ${name} {`, ...content, '  }']

/** The provider has arguments for the type and the value alone. */
function filterBlock(filter: PolicyFilter): string[] {
  const { type, decoration } = filter
  const pairs: Pair[] = [
    ['type', type],
    ['value', filterText(filter)],
  ]
  const warning = isExcluding(filter) ? [`    # decoration = ${hclString(decoration ?? '')} has no argument here`] : []
  return block('filters', [...lines(pairs, '    '), ...warning])
}

/** The policy as a resource of the Terraform provider, in the arguments that it documents. */
export function toTerraform(policy: Replication, { instance }: Pick<ExportContext, 'instance'>): string {
  const { direction, registry } = remoteOf(policy)
  const { trigger, cron } = readTrigger(policy.trigger)
  const schedule = ['    trigger_settings {', ...lines([['cron', cron]], '      '), '    }']
  return [
    `resource "${resource}" "${labelOf(policy.name ?? 'policy')}" {`,
    ...lines(
      [
        ['instance_id', instance],
        ['name', policy.name],
        ['description', policy.description || undefined],
        ['repo_scope_mode', policy.repo_scope_mode],
        ['dest_namespace', policy.dest_namespace || undefined],
        ['override', policy.override ?? false],
        ['enabled', policy.enabled ?? false],
      ],
      '  ',
    ),
    ...(registry === undefined
      ? []
      : block(direction === 'push' ? 'dest_registry' : 'src_registry', lines([['id', registry]], '    '))),
    ...policy.filters.flatMap(filterBlock),
    ...block('trigger', [...lines([['type', trigger]], '    '), ...(trigger === 'scheduled' ? schedule : [])]),
    '}',
  ].join('\n')
}

/** Takes the policy that is there into Terraform's state, under the resource above. */
export const toTerraformImport = (policy: Replication, { instance, policy: id }: Omit<ExportContext, 'region'>) =>
  `terraform import ${resource}.${labelOf(policy.name ?? 'policy')} ${instance}/${id}`
