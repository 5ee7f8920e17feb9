import { spawnSync } from 'node:child_process'
import { run } from './run.mjs'

const works = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** Installs Debian's packages where there is apt and we may use it. */
export async function installFromDebian(what, ...packages) {
  if (!works('apt-get', '--version')) return
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  if (sudo.length && !works('sudo', '-n', 'true')) return
  console.log(`Installing ${what} (apt-get install ${packages.join(' ')})`)
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', ...args]
    return run(command, rest, { DEBIAN_FRONTEND: 'noninteractive' })
  }
  await apt('update', '-q')
  await apt('install', '-y', '-q', '--no-install-recommends', ...packages)
}
