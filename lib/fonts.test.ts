import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}app/fonts/`
const script = pathToFileURL(`${root}scripts/fonts.mjs`).href
const program = `
  const { basic, charactersOf, makeFaces, more } = await import(${JSON.stringify(script)})
  const faces = (await makeFaces()).map(({ file, bytes }) => ({ file, base64: bytes.toString('base64') }))
  console.log(JSON.stringify({ faces, more, basic: charactersOf(basic) }))
`
interface Made {
  faces: { file: string; base64: string }[]
  more: string
  basic: string[]
}
const made: Made = JSON.parse(
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: root, encoding: 'utf8' }),
)

describe('the fonts', () => {
  test.each(made.faces)('$file is what `npm run fonts` makes', ({ file, base64 }) => {
    expect(readFileSync(folder + file).equals(Buffer.from(base64, 'base64'))).toBe(true)
  })

  test('there are no others', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.woff2'))
    expect(files.sort()).toEqual(made.faces.map(({ file }) => file).sort())
  })

  test('the licence of each lies beside it, and allows a part of it', () => {
    for (const name of ['inter', 'jetbrains-mono'])
      expect(readFileSync(`${folder}${name}.license.txt`, 'utf8')).toMatch(/SIL OPEN FONT LICENSE Version 1\.1/i)
  })

  test('those that each page needs weigh less than 25 kB', () => {
    const needed = made.faces.filter(({ file }) => file !== 'inter-more.woff2')
    expect(needed.reduce((sum, { base64 }) => sum + Buffer.from(base64, 'base64').length, 0)).toBeLessThan(25_000)
  })

  test('other letters are asked for where the face has them', () => {
    expect(readFileSync(`${root}app/fonts.ts`, 'utf8')).toContain(`'${made.more}'`)
  })

  test('each character of our own texts is there, unless it is Chinese', () => {
    const texts = readdirSync(`${root}lib/i18n/messages`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(`${root}lib/i18n/messages/${name}`, 'utf8'))
    const used = new Set(texts.join('').replaceAll(/[\s\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu, ''))
    expect(used.size).toBeGreaterThan(80)
    expect([...used].filter((character) => !made.basic.includes(character))).toEqual([])
  })

  test('no style asks for a weight that they do not have', () => {
    const styles = ['app', 'components'].flatMap((place) =>
      readdirSync(root + place, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(tsx|css)$/.test(name))
        .map((name) => readFileSync(`${root}${place}/${name}`, 'utf8')),
    )
    const other = /\bfont-(thin|extralight|light|bold|extrabold|black)\b|font-weight: (?!400|500|600)\w+|\bitalic\b/
    expect(styles.filter((style) => other.test(style))).toEqual([])
  })
})
