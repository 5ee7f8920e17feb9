const isChinese = (locale: string) => locale.startsWith('zh')

const lists = new Map<string, Intl.ListFormat>()

/** One for each language: making it costs far more than what it does. */
function listOf(locale: string): Intl.ListFormat {
  const list = lists.get(locale) ?? new Intl.ListFormat(locale, { style: 'short', type: 'unit' })
  lists.set(locale, list)
  return list
}

/** Names as one text: "Mon, Wed" or "周一、周三". CLDR puts nothing between the parts of a Chinese list of units. */
export function joinNames(names: readonly string[], locale: string): string {
  return isChinese(locale) ? names.join('、') : listOf(locale).format(names)
}

/** Parts with "、" between them; `undefined` where the language is not Chinese and CLDR's list reads well. */
export function chineseList<Part>(parts: readonly Part[], locale: string): (Part | string)[] | undefined {
  return isChinese(locale) ? parts.flatMap((part, index) => (index > 0 ? ['、', part] : [part])) : undefined
}

/** A text of CLDR with the space that our texts have between digits and Han: "3分钟前" becomes "3 分钟前". */
export const spaceDigits = (text: string): string => text.replace(/(?<=\d)(?=\p{Script=Han})/gu, ' ')
