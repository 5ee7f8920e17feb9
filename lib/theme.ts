export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const themeOf = (value: string | undefined): Theme => themes.find((theme) => theme === value) ?? 'system'

/** Class of <html>; none lets the operating system decide, without a script before the first paint. */
export const themeClass = (value: string | undefined): string | undefined => {
  const theme = themeOf(value)
  return theme === 'system' ? undefined : theme
}
