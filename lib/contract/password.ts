/** Counted as JavaScript does. Also what the sign-in library is told. */
export const passwordLength = { min: 12, max: 128 } as const

/** What is left of a password without its guessable parts must have so many characters. */
const leastLeft = 6

// What lists of leaked passwords begin with, and words that people make them longer with. Written as `plain` leaves them.
const common = `password passwort passwd passphrase contrasena motdepasse letmein welcome willkommen admin administrator
root guest user login master secret changeme default test testing temp qwerty qwertz azerty iloveyou loveyou monkey
dragon sunshine princess football baseball basketball soccer superman batman starwars shadow michael jordan jennifer
hunter trustno ninja mustang access flower summer winter spring autumn hello whatever freedom cheese computer internet
samsung google microsoft windows linux ubuntu docker harbor kubernetes devops server system company office backup
database mysql postgres oracle cisco abc asdf zxcv qaz wsx edc woaini wojiushi mima zhongguo beijing shanghai shenzhen
january february march april may june july august september october november december monday tuesday wednesday thursday
friday saturday sunday`.split(/\s+/)

/** Of this console: everybody who attacks it knows them. */
const context = `swr console huawei cloud huaweicloud registry container image policy replication retention viewer
operator swrconsole`.split(/\s+/)

const rows = ['qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890', '1qaz2wsx3edc4rfv']
const spoken: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
}

const lower = (text: string) => text.normalize('NFKC').toLowerCase()
/** `P@ssw0rd` is `password`. */
const plain = (text: string) => [...lower(text)].map((sign) => spoken[sign] ?? sign).join('')

const reversed = (text: string) => [...text].reverse().join('')
const walks = [...rows, 'abcdefghijklmnopqrstuvwxyz'].flatMap((row) => [row + row, reversed(row + row)])

/** Without rows of keys and of the alphabet, forwards and backwards, of four or more. */
function withoutWalks(text: string): string {
  let left = ''
  for (let at = 0; at < text.length; ) {
    let length = 1
    while (at + length < text.length && walks.some((walk) => walk.includes(text.slice(at, at + length + 1)))) length++
    if (length < 4) left += text.slice(at, at + length)
    at += length
  }
  return left
}

/** Years and what is repeated at once are no surprise: `abcabc` counts as `abc`. */
const withoutRepeats = (text: string) => text.replaceAll(/(.+?)\1+/gs, '$1').replaceAll(/(?:19|20)\d\d/g, '')

function without(text: string, words: readonly string[]): string {
  const longestFirst = [...words].sort((a, b) => b.length - a.length)
  return longestFirst.reduce((left, word) => left.replaceAll(word, ''), text)
}

/** The parts of names and addresses that are long enough to say something. */
const wordsOf = (texts: readonly string[]) =>
  texts.flatMap((text) => [lower(text), ...lower(text).split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length >= 3)

/**
 * Whether a list, a row of keys, or what is known of its owner leads to a password: `about` are their e-mail and name.
 * It takes away what is guessable and counts the rest; it is no measure of strength.
 */
export function isGuessable(password: string, about: readonly string[] = []): boolean {
  const words = [...common, ...context, ...wordsOf(about)]
  const rest = (text: string, known: readonly string[]) =>
    new Set(withoutRepeats(without(withoutWalks(text), known)).replaceAll(/[^\p{L}\p{N}]/gu, '')).size
  return rest(lower(password), words) < leastLeft || rest(plain(password), words.map(plain)) < leastLeft
}
