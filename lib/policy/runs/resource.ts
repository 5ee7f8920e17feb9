/** The repository that a task is about: SWR adds some of the tags behind the name, as in `library/nginx:[1.25,1.26]`. */
export const repositoryIn = (resource: string): string => resource.replace(/:\[.*$/s, '')
