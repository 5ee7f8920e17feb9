import type { Copy } from '@/lib/sandbox/basic/copies'
import type { Received } from '@/lib/sandbox/world'

/*
 * The sandbox's control port, as tests use it: each test makes its own instance, organization or key, and reads what SWR
 * received there. Content is given as SWR would answer it and kept word for word, so that odd rows can be tried too.
 */

/** An object as SWR stores it. Known names help writing; anything else is allowed. */
type Raw<Known> = Known & Record<string, unknown>

export interface Content {
  namespaces?: { name: string; repositories: RepositoryContent[] }[]
  registries?: Raw<{ id: number; name?: string; type?: string; status?: string }>[]
  policies?: Raw<{ id: number; name?: string }>[]
  retentions?: Raw<{ id: number; name?: string; namespace_name?: string }>[]
  executions?: Raw<{ id: number; policy_id: number; status?: string }>[]
  /** By their execution's id. */
  tasks?: Record<string, unknown[]>
  /** By their task's id. */
  subtasks?: Record<string, unknown[]>
  immutableRules?: Raw<{ id: number; namespace_name?: string }>[]
  /** Executions of retention policies, their tasks by execution, and their subtasks by task. */
  retentionExecutions?: Raw<{ id: number; policy_id: number; status?: string }>[]
  retentionTasks?: Record<string, unknown[]>
  retentionSubtasks?: Record<string, unknown[]>
  statistics?: Record<string, unknown>
  /** Policies that run no more by their schedule until they are saved again. */
  deadSchedules?: number[]
  /** What a pull from a Basic Edition registry copies; everything unless said otherwise. */
  basicPull?: 'everything' | 'filtered'
}

export interface RepositoryContent {
  name: string
  /** A name, or a name with what the sandbox would otherwise make up; tags with one digest are one artifact. */
  tags: (string | { name: string; digest?: string; size?: number; pushed?: string; pulled?: string })[]
  /** Images without a tag. */
  untagged?: { pushed?: string }[]
}

/** How SWR treats what is sent from an organization: as documented, or as it was seen to be. */
export interface Mood {
  mood?: 'strict' | 'as-recorded'
  /** Share of the cells whose success is not true. */
  lies?: number
  seed?: number
  lateSeconds?: number
  secondsPerGigabyte?: number
  automaticSeconds?: number
}

export interface Key {
  access: string
  secret: string
  securityToken?: string
  project?: string
}

export interface ReceivedFilter {
  instance?: string
  organization?: string
  access?: string
}

export class Sandbox {
  constructor(private readonly control: string) {}

  async instance(content: Content, name?: string): Promise<string> {
    const { id } = await this.ask<{ id: string }>('POST', '/instances', { name, content })
    return id
  }

  organization(name: string, repositories: RepositoryContent[], more: object = {}): Promise<unknown> {
    return this.ask('POST', '/organizations', { name, repositories, ...more })
  }

  key(key: Key): Promise<unknown> {
    return this.ask('POST', '/keys', key)
  }

  /** What SWR received, oldest first. */
  async received(filter: ReceivedFilter): Promise<Received[]> {
    const query = new URLSearchParams({ ...filter })
    return (await this.ask<{ requests: Received[] }>('GET', `/requests?${query}`)).requests
  }

  /** What manual sync has brought to other regions from this organization, or into it. */
  async synced(organization: string): Promise<Copy[]> {
    return (await this.ask<{ copies: Copy[] }>('GET', `/synced?${new URLSearchParams({ organization })}`)).copies
  }

  /** All that the sandbox keeps of an instance. */
  stored(instance: string): Promise<Content> {
    return this.ask('GET', `/instances/${instance}`)
  }

  /** How SWR treats what is sent from an organization; what is not given stays. */
  mood(mood: { organization: string } & Mood): Promise<unknown> {
    return this.ask('PUT', '/mood', mood)
  }

  /** 429 for a manual sync while the key has so many under way; null for no limit. */
  throttle(limit: { access: string; syncCalls: number | null; retryAfterSeconds?: number }): Promise<unknown> {
    return this.ask('PUT', '/throttle', limit)
  }

  /** Pushes images, which automatic sync copies. */
  push(organization: string, repositories: RepositoryContent[]): Promise<unknown> {
    return this.ask('POST', '/push', { organization, repositories })
  }

  /** A retention rule of a repository that was made elsewhere, whatever it says. */
  basicRule(organization: string, repository: string, rules: object[]): Promise<unknown> {
    return this.ask('POST', '/basic-retentions', { organization, repository, rules })
  }

  /** Pushes images of an instance, in the middle of a run as well. */
  images(instance: string, namespace: string, repositories: RepositoryContent[]): Promise<unknown> {
    return this.ask('POST', '/images', { instance, namespace, repositories })
  }

  /** Changes executions of retention by their ids, and gives their tasks and subtasks. */
  rows(
    instance: string,
    rows: Pick<Content, 'retentionExecutions' | 'retentionTasks' | 'retentionSubtasks'>,
  ): Promise<unknown> {
    return this.ask('PUT', '/rows', { instance, ...rows })
  }

  pace(secondsPerTask: number, instance?: string): Promise<unknown> {
    return this.ask('PUT', '/pace', { instance, secondsPerTask })
  }

  private async ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(this.control + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`sandbox control: ${method} ${path} answered ${answer.status}: ${text}`)
    return text === '' ? (undefined as Answer) : (JSON.parse(text) as Answer)
  }
}
