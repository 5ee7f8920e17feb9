import 'server-only'
import { randomBytes } from 'node:crypto'
import { askPublic, provisioned, startPublicSync } from './public-api'
import type { SyncConsole } from './sync-console'
import type { TestTokensFile } from './tokens-file'

export const [europe, hongkong, unseen] = ['eu-west-101', 'ap-southeast-1', 'cn-east-3']
export const digest = (letter: string) => `sha256:${letter.repeat(64)}`

export interface TestRepository {
  readonly name: string
  readonly tags: readonly (string | { readonly name: string; readonly digest?: string; readonly size?: number })[]
}

/** Manual sync by the public API, on the console's own handlers and a sandbox of three regions. */
export class PublicSync {
  private constructor(
    readonly console_: SyncConsole,
    readonly tokensFile: TestTokensFile,
  ) {}

  static async start(source: Readonly<Record<string, string>> = {}): Promise<PublicSync> {
    const { console_, tokensFile } = await startPublicSync(source)
    return new PublicSync(console_, tokensFile)
  }

  async close(): Promise<void> {
    this.tokensFile.remove()
    await this.console_.close()
  }

  /** Makes an organization of an unused name, or the same one in another region. */
  async organization(
    repositories: readonly TestRepository[],
    more: object = {},
    name = `team-${randomBytes(4).toString('hex')}`,
  ): Promise<string> {
    await this.console_.control('POST', '/organizations', { name, repositories, ...more })
    return name
  }

  /** With the same name in Europe. */
  async twins(here: readonly TestRepository[], there: readonly TestRepository[] = [], more: object = {}) {
    const name = await this.organization(here, more)
    return await this.organization(there, { region: europe }, name)
  }

  post(path: string, body?: unknown, token = provisioned('operator'), key?: string) {
    return askPublic(token, 'POST', `/connections/default${path}`, { body, ...(key !== undefined && { key }) })
  }

  show(id: unknown, query = '', token = provisioned('operator')) {
    return askPublic(token, 'GET', `/connections/default/sync-jobs/${id}${query}`)
  }

  /** The cells of a job once it has ended. */
  async ended(id: unknown) {
    const { json } = await this.show(id, '?wait=50&cells=all')
    if (json.endedAt === null) throw new Error(`job ${id} goes on: ${JSON.stringify(json.counts)}`)
    return { job: json, cells: json.cells as readonly Record<string, unknown>[] }
  }
}
