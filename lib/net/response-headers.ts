import 'server-only'

const yearSeconds = 365 * 24 * 3600

/** What a console has no use for, in its own pages and in any frame of them. */
const unused = [
  'camera',
  'display-capture',
  'geolocation',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'serial',
  'usb',
]

/**
 * Of every response: pages, API, files, refusals. A page replaces the policy by one of its own (`proxy.ts`); what is none
 * may load and run nothing, should a browser ever show it as one.
 */
export const responseHeaders = (url: string): readonly (readonly [string, string])[] => [
  ['content-security-policy', "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', unused.map((name) => `${name}=()`).join(', ')],
  ['referrer-policy', 'same-origin'],
  ['x-content-type-options', 'nosniff'],
  ...(url.startsWith('https:') ? ([['strict-transport-security', `max-age=${yearSeconds}`]] as const) : []),
]
