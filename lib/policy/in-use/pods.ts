/* Images of a pod, as `kubectl get pods -o json` tells it. */

type Json = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const partOf = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined)
const listIn = (value: unknown, name: string): readonly unknown[] => {
  const list = partOf(value, name)
  return Array.isArray(list) ? list : []
}

export const kindOf = (value: unknown): string => {
  const kind = partOf(value, 'kind')
  return typeof kind === 'string' ? kind : ''
}

/** Elements of a list of the API itself say no kind. */
export const isPod = (value: unknown): boolean => {
  const kind = kindOf(value)
  return kind === 'Pod' || (kind === '' && listIn(partOf(value, 'spec'), 'containers').length > 0)
}

const specLists = ['initContainers', 'containers', 'ephemeralContainers']
const statusLists = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses']

/** What a runtime calls an image that it has no name for: the id of its configuration, which no registry knows. */
const localId = /^(?:[a-z-]+:\/\/)?sha256:[0-9a-f]{64}$/i

/**
 * References in what is wanted (`spec`, with image volumes), and in what really runs (`status`, with the digest that a tag
 * meant when the container was started). `missing`: containers without an image.
 */
export function imagesOfPod(pod: unknown): { readonly references: readonly string[]; readonly missing: number } {
  const [spec, status] = [partOf(pod, 'spec'), partOf(pod, 'status')]
  const wanted = specLists.flatMap((name) => listIn(spec, name)).map((container) => partOf(container, 'image'))
  const mounted = listIn(spec, 'volumes').map((volume) => partOf(partOf(volume, 'image'), 'reference'))
  const running = statusLists
    .flatMap((name) => listIn(status, name))
    .flatMap((container) => [partOf(container, 'image'), partOf(container, 'imageID')])
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
  const named = wanted.filter(isText)
  const told = [...mounted, ...running].filter(isText).filter((text) => !localId.test(text))
  return { references: [...named, ...told], missing: wanted.length - named.length }
}
