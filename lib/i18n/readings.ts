/** What a value reads as in a text: its argument or tag, and whether it is a tag. */
type Sample = (name: string, isTag: boolean) => string

const tagAt = /<\/?(\w+)>(<\/\1>)?/y
const argumentAt = /\{\s*(\w+)\s*(?:,\s*(\w+)\s*)?/y
const optionAt = /\s*(?:offset:\d+\s*)?(=\d+|[\w-]+)\s*\{/y

/**
 * Every text that an ICU message can become, one for each choice of its branches, with samples for its values.
 * The messages are well-formed: another test formats each of them.
 */
export function readingsOf(message: string, sample: Sample): string[] {
  let position = 0

  const take = (pattern: RegExp) => {
    pattern.lastIndex = position
    const found = pattern.exec(message)
    if (found) position = pattern.lastIndex
    return found
  }

  /** Reads up to the end of the branch that the position is in. */
  function branch(isPlural: boolean): string[] {
    let readings = ['']
    const append = (parts: readonly string[]) => {
      readings = readings.flatMap((reading) => parts.map((part) => reading + part))
    }
    while (position < message.length && message[position] !== '}') {
      const character = message[position] ?? ''
      if (character === "'" && /['{}<]/.test(message[position + 1] ?? '')) append([quoted()])
      else if (character === '{') append(argument())
      else if (/^<\/?\w/.test(message.slice(position))) append([tag()])
      else {
        position += 1
        append([character === '#' && isPlural ? '3' : character])
      }
    }
    return readings
  }

  function quoted(): string {
    const end = message.indexOf("'", position + 1)
    const text = message.slice(position + 1, end)
    position = end + 1
    return text || "'"
  }

  /** A tag around a text leaves the text, an empty one stands for a value. */
  function tag(): string {
    const [, name = '', end] = take(tagAt) ?? []
    return end ? sample(name, true) : ''
  }

  function argument(): string[] {
    const [, name = '', kind] = take(argumentAt) ?? []
    if (kind === undefined || kind === 'number') {
      position = message.indexOf('}', position) + 1
      return [kind ? '3' : sample(name, false)]
    }
    position = message.indexOf(',', position) + 1
    const options: string[] = []
    while (take(optionAt)) {
      options.push(...branch(kind === 'plural'))
      position += 1
    }
    position = message.indexOf('}', position) + 1
    return options
  }

  return branch(false)
}
