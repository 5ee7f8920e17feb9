/**
 * The repository that a task is about, in full (docs/swr-api.md section 17). Harbor says behind the name what of it is copied:
 * `library/nginx:[1.25,1.26]` in older versions, `library/nginx [2 item(s) in total]` today.
 */
export const repositoryIn = (resource: string): string => resource.replace(/(?::\[|\s+\[).*$/s, '').trim()

interface Named {
  readonly namespace?: string | undefined
  readonly repository?: string | undefined
}

/**
 * The full name of a tag's repository. Its task says it in full; a namespace and the name in it are put together where the task
 * says nothing. That the name begins like the namespace says nothing: `team/team/api` is a name, too.
 */
export const repositoryOf = ({ namespace, repository }: Named, resource: string): string =>
  repositoryIn(resource) || (namespace && repository ? `${namespace}/${repository}` : (repository ?? ''))
