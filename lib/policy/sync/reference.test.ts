import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readReference, splitPath } from './reference'

const digest = `sha256:${'0a'.repeat(32)}`
const read = (path: string, tag: string | null, ofDigest: string | null = null) => ({
  state: 'read',
  reference: { path, tag, digest: ofDigest },
})
const unreadable = (reason: string) => ({ state: 'unreadable', reason })

describe('a pasted line', () => {
  test.each([
    ['team/api:2.4.1', read('team/api', '2.4.1')],
    ['team/web/api:v1', read('team/web/api', 'v1')],
    ['api:v1', read('api', 'v1')],
    [`team/api@${digest}`, read('team/api', null, digest)],
    [`team/api:v1@${digest}`, read('team/api', 'v1', digest)],
    // What editors and chats put around it.
    ['\ufeffteam/api:v1\r', read('team/api', 'v1')],
    ['  "team/api:v1",\t', read('team/api', 'v1')],
    ['team/api:v1\u00a0\u200b', read('team/api', 'v1')],
    ['- team/api:v1'.slice(2), read('team/api', 'v1')],
    // Repositories are in small letters; tags are not.
    ['Team/API:V1-RC', read('team/api', 'V1-RC')],
    [`team/api@SHA256:${'0A'.repeat(32)}`, read('team/api', null, digest)],
    // As it stands in a manifest or a shell.
    ['swr.cn-north-4.myhuaweicloud.com/team/api:v1', read('team/api', 'v1')],
    ['registry.example.com:5000/team/api:v1', read('team/api', 'v1')],
    ['localhost/team/api:v1', read('team/api', 'v1')],
    ['https://swr.cn-north-4.myhuaweicloud.com/team/web/api:v1', read('team/web/api', 'v1')],
    ['docker pull swr.cn-north-4.myhuaweicloud.com/team/api:v1', read('team/api', 'v1')],
    // An organization may have a dot.
    ['my.team/api:v1', read('my.team/api', 'v1')],
  ])('%j', (line, reading) => {
    expect(readReference(line)).toEqual(reading)
  })

  test.each([
    ['team/api', 'no_tag'],
    [':v1', 'no_repository'],
    ['team//api:v1', 'repository_characters'],
    ['team/ä:v1', 'repository_characters'],
    ['team/api:v1 latest', 'tag_characters'],
    ['team/api:-v1', 'tag_characters'],
    [`team/api:${'t'.repeat(129)}`, 'tag_characters'],
    ['team/api@sha256:0a0a', 'digest_short'],
    ['team/api@md5:0a0a', 'digest_kind'],
    [`team/api@${digest}@${digest}`, 'digest_kind'],
    ['t'.repeat(601), 'too_long'],
  ])('%j cannot be read: %s', (line, reason) => {
    expect(readReference(line)).toEqual(unreadable(reason))
  })

  test.each(['', '   ', '\ufeff', '# a note'])('%j is blank', (line) => {
    expect(readReference(line)).toEqual({ state: 'blank' })
  })

  test('whatever is pasted, there is an answer, and what is read can be read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (line) => {
        const reading = readReference(line)
        if (reading.state !== 'read') return
        const { path, tag, digest: found } = reading.reference
        const again = `${path}${tag === null ? '' : `:${tag}`}${found === null ? '' : `@${found}`}`
        expect(splitPath(path)?.repository).not.toBe('')
        // A path of a name with a dot or of three parts may look like a host once more.
        if (!/[.:]/.test(path)) expect(readReference(again)).toEqual(reading)
      }),
      { numRuns: 2_000 },
    )
  })
})
