import { type BrowserContext, expect } from '@playwright/test'
import { secrets } from './accounts'

// A signature on its way out would bring one of these along.
const forbidden = [...secrets, 'SDK-HMAC-SHA256', 'X-Security-Token', 'x-sdk-date']

/** Keeps every response that reaches a browser: address, headers and body. */
export class Bytes {
  private readonly responses: Promise<{ url: string; text: string }>[] = []

  constructor(context: BrowserContext) {
    context.on('response', (response) => {
      const url = response.url()
      const headers = response.allHeaders().then((all) => JSON.stringify(all))
      // A redirect has no body, and one that was left behind by a navigation can no longer be read.
      const body = response.body().then(
        (bytes) => bytes.toString('latin1'),
        () => '',
      )
      this.responses.push(Promise.all([headers, body]).then((parts) => ({ url, text: parts.join('\n') })))
    })
  }

  /** Fails when one of the responses so far holds a secret, plain or percent-encoded; answers how many were searched. */
  async expectNoSecrets(): Promise<number> {
    const all = await Promise.all(this.responses)
    const found = all.flatMap(({ url, text }) => {
      const lower = `${url}\n${text}`.toLowerCase()
      return forbidden.filter((secret) => lower.includes(secret.toLowerCase())).map((secret) => `${secret} in ${url}`)
    })
    expect(found).toEqual([])
    expect(all.filter(({ text }) => text.length > 100).length).toBeGreaterThan(0)
    return all.length
  }
}
