import 'server-only'
import type { Opened } from '../db/open'
import type { Db } from '../db/schema'
import { demo, demoEurope, demoHongKong } from '../sandbox/demo'
import { type Sandbox, startSandbox } from '../sandbox/start'
import type { Received } from '../sandbox/world'
import { startTestConsole, TestConsole } from './console'
import { openAny } from './database'

/** What a console is told of an SWR that knows the demo's credential. */
export const demoAt = (url: string) => ({
  SWR_REGION: demo.region,
  SWR_PROJECT_ID: demo.project,
  SWR_ENDPOINT: url,
  CLOUD_SDK_AK: demo.access,
  CLOUD_SDK_SK: demo.secret,
})

const elsewhere = [
  { id: 'europe', variable: 'EUROPE', ...demoEurope },
  { id: 'hongkong', variable: 'HONGKONG', ...demoHongKong },
]
const connectionOf = ({ id, variable, region, project }: (typeof elsewhere)[number], endpoint: string) => {
  const keys = { access: { env: `${variable}_AK` }, secret: { env: `${variable}_SK` } }
  return { id, name: id, region, project, endpoint, ...keys }
}

/** What a console is told of the demo's account in three regions: `default`, `europe` and `hongkong`. */
export const threeRegions = (url: string) => ({
  source: {
    ...demoAt(url),
    SWR_CONNECTIONS_FILE: 'connections.yaml',
    ...Object.fromEntries(elsewhere.map(({ variable, access }) => [`${variable}_AK`, access])),
    ...Object.fromEntries(elsewhere.map(({ variable, secret }) => [`${variable}_SK`, secret])),
  },
  // JSON is YAML.
  file: JSON.stringify(elsewhere.map((each) => connectionOf(each, url))),
})

/** A console before a sandbox of its own, with the sandbox's control calls. */
export class SandboxedConsole extends TestConsole {
  constructor(
    db: Db,
    close: () => Promise<void>,
    readonly sandbox: Sandbox,
  ) {
    super(db, close)
  }

  async control<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(this.sandbox.controlUrl + path, { method, ...sent })
    if (!answer.ok) throw new Error(await answer.text())
    return answer.json()
  }

  /** Makes an instance that holds this; answers its id. */
  async instance(content: object): Promise<string> {
    const { id } = await this.control<{ id: string }>('POST', '/instances', { content })
    return id
  }

  /** What SWR was asked, about an instance or at all, oldest first. */
  async received(instance = ''): Promise<Received[]> {
    const { requests } = await this.control<{ requests: Received[] }>('GET', `/requests?instance=${instance}`)
    return requests
  }
}

/** More of the configuration, and what its files hold. */
interface More {
  readonly source?: Record<string, string>
  readonly readFile?: (path: string) => string
}

export async function startOnSandbox(
  opening: Promise<Opened> = openAny(),
  { source = {}, readFile }: More = {},
): Promise<SandboxedConsole> {
  const sandbox = await startSandbox({ port: 0, controlPort: 0 })
  return consoleOn(sandbox, await startTestConsole(opening, { ...demoAt(sandbox.url), ...source }, readFile))
}

function consoleOn(sandbox: Sandbox, { db, close }: TestConsole): SandboxedConsole {
  const closeBoth = async () => {
    await sandbox.close()
    await close()
  }
  return new SandboxedConsole(db, closeBoth, sandbox)
}
