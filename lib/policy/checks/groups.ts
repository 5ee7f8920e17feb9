import { maxExamples } from './subject'

/** Who writes and the source of it, by their places: the source among those of one destination. */
export interface Member {
  readonly copying: number
  readonly source: number
}

export interface Example {
  readonly destination: string
  readonly tag: string
  /** Names of the sources, by their places. */
  readonly sources: readonly string[]
}

export interface Group {
  readonly members: readonly Member[]
  readonly count: number
  readonly examples: readonly Example[]
}

interface Node {
  readonly parent: number
  readonly member: Member | null
  count: number
  readonly examples: Example[]
}

/** Room for more sources and policies than the console ever lists; with the number of a set it is still a safe integer. */
const [mostSources, width] = [2 ** 15, 2 ** 28]
const memberKey = ({ copying, source }: Member) => copying * mostSources + source

/**
 * Which policies write one destination, for each of very many. Few sets of policies are behind them, so that each set is
 * kept once and a destination only knows its number: it grows by one member at a time, always in the same order.
 */
export class Groups {
  private readonly nodes: Node[] = [{ parent: 0, member: null, count: 0, examples: [] }]
  private readonly larger = new Map<number, number>()

  /** The set `group` with one more member; 0 is the empty one. */
  with(group: number, member: Member): number {
    const key = group * width + memberKey(member)
    const known = this.larger.get(key)
    if (known !== undefined) return known
    this.nodes.push({ parent: group, member, count: 0, examples: [] })
    this.larger.set(key, this.nodes.length - 1)
    return this.nodes.length - 1
  }

  add(group: number, example: Example) {
    const node = this.nodes[group]
    if (!node) return
    node.count += 1
    if (node.examples.length < maxExamples) node.examples.push(example)
  }

  /** Sets that destinations were added to. */
  *all(): Generator<Group> {
    for (const { parent, member, count, examples } of this.nodes) {
      if (count === 0 || !member) continue
      const members = [member]
      for (let at = this.nodes[parent]; at?.member; at = this.nodes[at.parent]) members.unshift(at.member)
      yield { members, count, examples }
    }
  }
}
