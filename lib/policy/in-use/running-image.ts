import { organizationName } from '../../contract/vocabulary'
import { cleanLine, hostOf, imageDigest, imageTag, repositoryComponent, splitReference } from '../image-reference'

/** An image that a container is made of, as its cluster names it. */
export interface RunningImage {
  /** Empty where the reference names none. */
  readonly host: string
  /** In full, `payments/team/api`, in small letters as SWR has it. */
  readonly repository: string
  /** Empty where only a digest is named, and the other way round. */
  readonly tag: string
  readonly digest: string
}

/** Names of hosts may be long; nothing that can be pulled is longer. */
const longest = 1024
const dockerHub = /^(?:(?:index|registry-1)\.)?docker\.io$/
const hostCharacters = /^[a-z0-9.-]+(?::\d{1,5})?$/

function placeOf(name: string): Pick<RunningImage, 'host' | 'repository'> {
  const [first = ''] = name.split('/')
  const written = dockerHub.test(first) ? first : hostOf(name, (part) => organizationName.test(part))
  const path = written === '' ? name : name.slice(written.length + 1)
  const host = dockerHub.test(written) ? 'docker.io' : written
  // As a container runtime completes it.
  const isShort = !path.includes('/') && (host === '' || host === 'docker.io')
  return { host, repository: isShort ? `library/${path}` : path }
}

/** Undefined when it is no reference. Without a tag and a digest it means `latest`, as for a container runtime. */
export function readRunningImage(text: string): RunningImage | undefined {
  if (text.length > longest) return undefined
  const { name, tag, digests } = splitReference(cleanLine(text))
  const { host, repository } = placeOf(name.toLowerCase())
  const digest = digests[0]?.toLowerCase() ?? ''
  if (digests.length > 1 || (host !== '' && !hostCharacters.test(host))) return undefined
  if (!repository.split('/').every((part) => repositoryComponent.test(part))) return undefined
  if (digest !== '' && !imageDigest.test(digest)) return undefined
  if (tag !== null && !imageTag.test(tag)) return undefined
  return { host, repository, tag: tag ?? (digest === '' ? 'latest' : ''), digest }
}
