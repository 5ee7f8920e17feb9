import localFont from 'next/font/local'

/*
 * The Latin faces, preloaded and with a fallback of the same metrics, so that nothing moves when they arrive. Chinese is
 * left to the system's fonts: a web font of it would weigh megabytes.
 */

const sans = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--face-sans',
  weight: '100 900',
})

const mono = localFont({
  src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  variable: '--face-mono',
  weight: '100 800',
  adjustFontFallback: false,
})

export const fontClass = `${sans.variable} ${mono.variable}`
