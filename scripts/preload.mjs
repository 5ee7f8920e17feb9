/*
 * Loaded before Next (`node --import ./scripts/preload.mjs next start`), because Next has no hook for it: what must hold for
 * every connection and every response, also for those that never reach a route. What is done with a request is in
 * `lib/net/edge.ts`, which the console installs when it starts; until then requests wait.
 */
import http from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { logConsole } from './console-log.mjs'

// V8 lets the heap grow to four times what is alive before it collects, because the machine has memory left. Most of what a
// request leaves behind dies at once: at double, the process is a tenth smaller and no slower (docs/decisions/0028).
setFlagsFromString('--heap-growing-percent=80')

const { createServer } = http
let install
const installed = new Promise((resolve) => {
  install = resolve
})
globalThis[Symbol.for('console.edge')] = { install }
let letGo = async () => {}
void installed.then((hooks) => {
  letGo = hooks.letGo
})

http.createServer = (...given) => {
  const listener = typeof given.at(-1) === 'function' ? given.pop() : undefined
  const server = createServer(...given)
  const { on } = server
  // Next leaves the socket of every upgrade open for good. Where nobody listens for upgrades, Node answers them like any
  // other request (RFC 9110, section 7.8).
  server.on = function (event, handler) {
    return event === 'upgrade' ? this : on.call(this, event, handler)
  }
  server.addListener = server.on
  const { close } = server
  // Next ends the process when this is over: background jobs end the step that they are at.
  server.close = (closed) => close.call(server, (error) => void letGo().finally(() => closed?.(error)))
  if (listener)
    server.on('request', async (request, response) => {
      const { admit } = await installed
      // It is ending: nobody is to ask again on this connection.
      if (!server.listening) response.shouldKeepAlive = false
      if (admit(request, response)) listener(request, response)
    })
  return server
}

logConsole(installed)
