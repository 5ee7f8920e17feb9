import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { root } from './run.mjs'

/** Read by lib/net/encoding/encoded-files.ts: a folder by the addresses of files, with `.br` and `.gz` behind them. */
const target = `${root}.next/encoded`
const leastBytes = 1024

/** Where the build puts files that never change, because their address holds a hash of their content. */
const places = [
  { from: '.next/static', to: '/_next/static', name: /^(?<address>.+\.(js|css))$/ },
  { from: '.next/server/app/messages', to: '/messages', name: /^(?<address>.+)\.body$/ },
]

const encodings = {
  '.br': (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  '.gz': (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
}

/** A console that runs in this folder never reads half of a file. */
function writeWhole(file, bytes) {
  writeFileSync(`${file}.part`, bytes)
  renameSync(`${file}.part`, file)
}

/** Once, when the console is built, with all the time that the smallest form takes: nobody waits for it later. */
export async function encodeFiles() {
  rmSync(target, { recursive: true, force: true })
  const work = []
  for (const { from, to, name } of places) {
    for (const file of readdirSync(root + from, { recursive: true, encoding: 'utf8' })) {
      const address = name.exec(file.replaceAll('\\', '/'))?.groups.address
      if (!address) continue
      const bytes = readFileSync(`${root}${from}/${file}`)
      if (bytes.length < leastBytes) continue
      mkdirSync(dirname(`${target}${to}/${address}`), { recursive: true })
      for (const [suffix, encode] of Object.entries(encodings))
        work.push(encode(bytes).then((encoded) => writeWhole(`${target}${to}/${address}${suffix}`, encoded)))
    }
  }
  await Promise.all(work)
}
