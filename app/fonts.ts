import localFont from 'next/font/local'

/*
 * The faces that scripts/fonts.mjs makes. None is preloaded: on a slow line that would keep the first row waiting. Until they
 * come there are fonts of the system with the same metrics (fonts/fallback.css), so that nothing moves. Letters beyond English
 * come when a page shows one. Chinese is left to the system's fonts: a web font of it would weigh megabytes.
 */

const sans = localFont({
  src: './fonts/inter.woff2',
  preload: false,
  adjustFontFallback: false,
  variable: '--face-sans',
  weight: '400 600',
})

const more = localFont({
  src: './fonts/inter-more.woff2',
  variable: '--face-sans-more',
  weight: '400 600',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+A1-B6, U+B8-D6, U+D8-FF, U+131, U+152-153, U+2BB-2BC, U+2C6, U+2DA, U+2DC, U+2016, U+2020-2021, U+2030, U+2032-2033, U+2039-203A, U+2044, U+20AC, U+2122, U+2215',
    },
  ],
})

const mono = localFont({
  src: './fonts/jetbrains-mono.woff2',
  preload: false,
  variable: '--face-mono',
  weight: '400 600',
  adjustFontFallback: false,
})

export const fontClass = `${sans.variable} ${more.variable} ${mono.variable}`
