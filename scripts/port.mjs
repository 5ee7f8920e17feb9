import { createServer } from 'node:net'

const open = (port) =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const { port: found } = server.address()
      server.close(() => resolve(found))
    })
  })

export const isFree = (port) =>
  open(port).then(
    () => true,
    () => false,
  )

/** `wanted` when nobody listens there, otherwise a port that the system picks. */
export const freePort = async (wanted = 0) => ((await isFree(wanted)) ? wanted || open(0) : open(0))
