import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
let child: ChildProcess | undefined
afterEach(() => {
  child?.kill('SIGKILL')
})

/** A program of Node's under the preload script, as Next is. It says its port by the message channel. */
function start(program: string) {
  const args = ['--import', './scripts/preload.mjs', '--input-type=module', '--eval', program]
  child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  return child
}

const hooks = (admit: string, letGo = 'async () => {}') =>
  `globalThis[Symbol.for('console.edge')].install({ admit: ${admit}, redact: (value) => JSON.parse(JSON.stringify(value).replaceAll('geheim', '•••')), letGo: ${letGo} })`

// As Next does: it listens for upgrades, and leaves the socket of those that it does not know.
const server = `
  import http from 'node:http'
  const server = http.createServer((request, response) => response.end(request.url))
  server.on('upgrade', async () => {})
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
`

async function upgrade(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /x/y/z HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  const [answer]: Buffer[] = await once(socket, 'data')
  socket.destroy()
  return String(answer)
}

describe('the preload script', () => {
  test.runIf(process.platform === 'linux')(
    '300 upgrades are answered like other requests and leave nothing open',
    async () => {
      const started = start(`${server}; ${hooks('() => true')}`)
      const [port]: number[] = await once(started, 'message')
      const open = () => readdirSync(`/proc/${started.pid}/fd`).length
      const before = open()
      const answers = await Promise.all(Array.from({ length: 300 }, () => upgrade(port ?? 0)))
      expect(new Set(answers.map((answer) => answer.split('\r\n', 1)[0]))).toEqual(new Set(['HTTP/1.1 200 OK']))
      for (let waited = 0; waited < 50 && open() > before + 3; waited++) await setTimeout(100)
      expect(open()).toBeLessThanOrEqual(before + 3)
    },
    30_000,
  )

  test('requests wait until the console has started, and go on only if it says so', async () => {
    const started = start(
      `${server}; process.once('message', () => ${hooks("(request, response) => request.url === '/yes' || response.end('no') && false")})`,
    )
    const [port]: number[] = await once(started, 'message')
    const told: string[] = []
    const ask = async (path: string) => told.push(await (await fetch(`http://127.0.0.1:${port}${path}`)).text())
    const asked = [ask('/yes'), ask('/other')]
    await setTimeout(200)
    expect(told).toEqual([])
    started.send('start')
    await Promise.all(asked)
    expect(told.sort()).toEqual(['/yes', 'no'])
  })

  test('a server that closes waits for what the console is busy with in the background', async () => {
    const letGo =
      "() => new Promise((resolve) => setTimeout(() => { process.stdout.write('let go '); resolve() }, 300))"
    const started = start(`
      ${server}
      ${hooks('() => true', letGo)}
      process.once('message', () => server.close(() => process.stdout.write('closed', () => process.exit())))
    `)
    await once(started, 'message')
    started.send('stop')
    expect(started.stdout && (await text(started.stdout))).toBe('let go closed')
  })

  test('one that closes before the console has started waits for nothing', async () => {
    const started = start(`${server}; process.once('message', () => server.close(() => process.exit(7)))`)
    await once(started, 'message')
    started.send('stop')
    expect((await once(started, 'exit'))[0]).toBe(7)
  })

  test('what prints by itself becomes lines of JSON, without what objects and errors carry', async () => {
    const started = start(`
      console.log('a banner')
      ${hooks('() => true')}
      setTimeout(() => {
        console.log('')
        console.log('\\x1b[31mred\\x1b[0m', { token: 'hidden' }, 7)
        console.error('# SERVER_ERROR: ', Object.assign(new TypeError('broken geheim'), { params: ['hidden'], code: 'E1' }))
        process.disconnect()
      })
    `)
    const [out = '', error] = await Promise.all(
      [started.stdout, started.stderr].map((stream) => (stream ? text(stream) : '')),
    )
    expect(error).toBe('')
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { level: 30, msg: 'red [Object] 7' },
      {
        level: 50,
        msg: '# SERVER_ERROR:',
        error: 'TypeError',
        code: 'E1',
        stack: expect.stringContaining('broken •••'),
      },
    ])
    expect(out).not.toMatch(/hidden|geheim|banner/)
  })
})
