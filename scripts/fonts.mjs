import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import subsetFont from 'subset-font'
import { root } from './run.mjs'

/*
 * Writes the faces of the console to app/fonts: the parts of Inter and JetBrains Mono that its pages need. The files are
 * committed, so that a build needs no tool for fonts; a test makes them again and compares (docs/decisions/0031).
 */

const source = (name) => `${root}node_modules/@fontsource-variable/${name}`
const latin = (name) => `${source(name)}/files/${name}-latin-wght-normal.woff2`

/** The letters of English and every other character of Latin script that our own texts use: on each page. */
export const basic =
  'U+20-7E, U+A0, U+B7, U+D7, U+2010-2015, U+2018-201A, U+201C-201E, U+2022, U+2026, U+2191-2193, U+2212'

/** What else Inter has of Latin script, for names and descriptions that people write. Must be `unicode-range` in app/fonts.ts. */
export const more =
  'U+A1-B6, U+B8-D6, U+D8-FF, U+131, U+152-153, U+2BB-2BC, U+2C6, U+2DA, U+2DC, U+2016, U+2020-2021, U+2030, U+2032-2033, U+2039-203A, U+2044, U+20AC, U+2122, U+2215'

/** The weights of `font-normal` to `font-semibold`. */
const wght = { min: 400, max: 600 }

/** Kept features of OpenType. None that puts another sign in the place of what was typed, as ligatures of code do. */
const faces = [
  { file: 'inter.woff2', from: 'inter', range: basic, features: ['kern', 'tnum'] },
  { file: 'inter-more.woff2', from: 'inter', range: more, features: ['kern', 'tnum'] },
  { file: 'jetbrains-mono.woff2', from: 'jetbrains-mono', range: basic, features: [] },
]

/** The characters of a `unicode-range`. */
export function charactersOf(range) {
  const parts = range.split(', ').map((part) => part.slice(2).split('-'))
  return parts.flatMap(([first, last = first]) => {
    const from = Number.parseInt(first, 16)
    return Array.from({ length: Number.parseInt(last, 16) - from + 1 }, (_, at) => String.fromCodePoint(from + at))
  })
}

export const makeFaces = () =>
  Promise.all(
    faces.map(async ({ file, from, range, features: keepFeatures }) => {
      const options = { targetFormat: 'woff2', variationAxes: { wght }, keepFeatures, noHinting: true }
      return { file, bytes: await subsetFont(readFileSync(latin(from)), charactersOf(range).join(''), options) }
    }),
  )

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const { file, bytes } of await makeFaces()) {
    writeFileSync(`${root}app/fonts/${file}`, bytes)
    console.log(`${file}  ${bytes.length} bytes`)
  }
  for (const name of ['inter', 'jetbrains-mono']) {
    copyFileSync(`${source(name)}/LICENSE`, `${root}app/fonts/${name}.license.txt`)
  }
}
