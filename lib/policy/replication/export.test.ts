import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { swrSchemas } from '../../contract/swr/schemas'
import { hclString, labelOf, toCurl, toJson, toTerraform, toTerraformImport } from './export'

const parsed = (more: object) =>
  swrSchemas.replicationShow.response.parse({
    id: 7,
    name: 'nightly',
    description: '',
    src_registry: { id: 0 },
    dest_registry: { id: 3, name: 'frankfurt', credential: { type: 'basic', access_key: 'a@AKSECRET' } },
    dest_namespace: '',
    filters: [
      { type: 'name', value: 'library/**' },
      { type: 'tag', value: 'v*' },
    ],
    repo_scope_mode: 'regular',
    trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } },
    override: false,
    enabled: true,
    ...more,
  })
/** By itself, so that nothing here looks like a template that was forgotten. */
const dollar = '$'
const place = { instance: 'c0ffee', region: 'cn-north-4', policy: 7 }

test('Terraform, as the provider documents it', () => {
  expect(toTerraform(parsed({}), place)).toBe(`resource "huaweicloud_swr_enterprise_replication_policy" "nightly" {
  instance_id     = "c0ffee"
  name            = "nightly"
  repo_scope_mode = "regular"
  override        = false
  enabled         = true

  dest_registry {
    id = 3
  }

  filters {
    type  = "name"
    value = "library/**"
  }

  filters {
    type  = "tag"
    value = "v*"
  }

  trigger {
    type = "scheduled"
    trigger_settings {
      cron = "0 0 2 * * *"
    }
  }
}`)
  expect(toTerraformImport(parsed({}), place)).toBe(
    'terraform import huaweicloud_swr_enterprise_replication_policy.nightly c0ffee/7',
  )
})

test('a pull by hand has a source and no schedule', () => {
  const text = toTerraform(
    parsed({
      src_registry: { id: 4 },
      dest_registry: { id: 0 },
      trigger: { type: 'manual', trigger_settings: { cron: '' } },
    }),
    place,
  )
  expect(text).toContain('src_registry {\n    id = 4')
  expect(text).not.toContain('dest_registry')
  expect(text).not.toContain('trigger_settings')
})

test('a policy that names no side one could write leaves it out', () => {
  expect(toTerraform(parsed({ src_registry: { id: 4 } }), place)).not.toContain('_registry')
})

test.each([
  ['plain', '"plain"'],
  ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
  ['two\nlines\ttab\r', '"two\\nlines\\ttab\\r"'],
  [`${dollar}{env.SECRET} %{if x}`, `"$${dollar}{env.SECRET} %%{if x}"`],
  ['{a,b} 5% $5', '"{a,b} 5% $5"'],
  [`$${dollar}{x} %${dollar}{y}`, '"$$\\u007bx} %$\\u007by}"'],
  [`\\${dollar}{x}`, `"\\\\$${dollar}{x}"`],
  ['bell\u0007 line\u2028', '"bell\\u0007 line\\u2028"'],
  ['中文', '"中文"'],
])('a string of HCL: %s', (text, expected) => {
  expect(hclString(text)).toBe(expected)
})

test.each([
  ['nightly', 'nightly'],
  ['2-nights', '_2-nights'],
  ['-x', '_-x'],
  ['a.b c', 'a_b_c'],
  ['', '_'],
])('a label of HCL: %s', (name, expected) => {
  expect(labelOf(name)).toBe(expected)
})

describe('curl', () => {
  test("goes to SWR's own address with nothing of ours in it", () => {
    const text = toCurl(parsed({}), place)
    expect(text).toContain(
      '"https://swr-api.cn-north-4.myhuaweicloud.com/v2/$PROJECT_ID/instances/c0ffee/replication/policies/7"',
    )
    expect(text).toContain('"X-Auth-Token: $TOKEN"')
    expect(text).not.toContain('AKSECRET')
    expect(toCurl(parsed({}), { ...place, region: 'eu-west-101' })).toContain('swr-api.eu-west-101.myhuaweicloud.eu/')
    expect(toCurl(parsed({}), { ...place, region: undefined })).toContain('swr-api.$REGION.myhuaweicloud.com/')
  })

  test('a shell hands on the body as it is', () => {
    const odd = parsed({ description: `it's "odd" $(id) \`id\` \\ 'twice'` })
    const script = `curl() { while [ $# -gt 1 ]; do shift; done; printf %s "$1"; }\n${toCurl(odd, place)}`
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(toJson(odd))
  })
})

test('JSON is the request, without what SWR keeps for itself', () => {
  expect(JSON.parse(toJson(parsed({})))).toEqual({
    name: 'nightly',
    description: '',
    dest_registry: { id: 3 },
    dest_namespace: '',
    filters: [
      { type: 'name', value: 'library/**' },
      { type: 'tag', value: 'v*' },
    ],
    repo_scope_mode: 'regular',
    trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } },
    override: false,
    enabled: true,
  })
})

test('Chinese names are labels, and differ', () => {
  expect(labelOf('支付-同步_1')).toBe('支付-同步_1')
  expect(labelOf('1支付')).toBe('_1支付')
  expect(labelOf('legacy sync v1.0')).toBe('legacy_sync_v1_0')
  const policy = parsed({ name: '支付-同步_1' })
  expect(toTerraform(policy, place)).toContain(
    `resource "huaweicloud_swr_enterprise_replication_policy" "支付-同步_1" {`,
  )
  expect(toTerraform(policy, place)).toContain('name            = "支付-同步_1"')
  expect(toTerraformImport(policy, place)).toContain('.支付-同步_1 c0ffee/7')
  expect(toJson(policy)).toContain('"name": "支付-同步_1"')
})

test('a filter that leaves tags out says so in every format', () => {
  const excluding = { type: 'tag', value: 'v1', decoration: 'excludes' }
  const policy = parsed({ filters: [excluding] })
  expect(JSON.parse(toJson(policy)).filters).toEqual([excluding])
  expect(toCurl(policy, place)).toContain('"decoration": "excludes"')
  expect(toTerraform(policy, place)).toContain('# decoration = "excludes" has no argument here')
})
