/*
 * The text of a pattern as SWR's engine reads it. That engine puts each alternative of a brace before the text behind the
 * brace and starts again; so many braces make ever longer texts. Here such a text is a piece that knows where it goes on, and
 * every piece is made once.
 */
import type { CharacterClass } from './glob-class'

/** A part of the pattern and the place where reading goes on behind it. */
export interface Piece {
  readonly text: string
  readonly next: Spot | null
  /** Spots of all pieces have different numbers: `base + at`. */
  readonly base: number
  /** What was worked out at a position of it. */
  readonly braces: Map<number, Alternatives | 'bad'>
  readonly flat: Map<number, Piece>
  readonly empty: Map<number, Rests>
  readonly classes: Map<number, CharacterClass | 'bad'>
}

export interface Spot {
  readonly piece: Piece
  readonly at: number
}

/** Where the rest of a name may go on, in the engine's order; none: the name has to end here. */
export type Rests = readonly Spot[] | 'bad' | null

/** `plain` are signs at its beginning that mean themselves: a cheap way to see that it does not fit. */
interface Alternative extends Spot {
  readonly plain: string
  readonly order: number
}

/** The alternatives of a brace, found by how they begin. */
export class Alternatives {
  private readonly all: readonly Alternative[]
  private readonly byPlain = new Map<string, Alternative[]>()
  private readonly lengths: readonly number[]

  constructor(spots: readonly Spot[]) {
    this.all = spots.map((spot, order) => {
      const plain = /^[^\\*?[{/]*/.exec(spot.piece.text.slice(spot.at))?.[0] ?? ''
      return { ...spot, plain, order }
    })
    for (const each of this.all) {
      const same = this.byPlain.get(each.plain)
      if (same) same.push(each)
      else this.byPlain.set(each.plain, [each])
    }
    this.lengths = [...new Set(Array.from(this.byPlain.keys(), ({ length }) => length))]
  }

  /** Those that may fit `name` from sign `from` on, in their order. */
  fitting(name: string, from: number): readonly Alternative[] {
    if (this.all.length < fewValues) return this.all.filter(({ plain }) => name.startsWith(plain, from))
    const found: Alternative[] = []
    for (const length of this.lengths) {
      if (from + length > name.length) continue
      const same = this.byPlain.get(name.slice(from, from + length))
      if (same) found.push(...same)
    }
    return found.sort((a, b) => a.order - b.order)
  }
}
const fewValues = 8

/** Makes the pieces of one pattern. */
export class Pieces {
  private used = 0

  piece(text: string, next: Spot | null): Piece {
    const base = this.used
    this.used += text.length + 1
    return { text, next, base, braces: new Map(), flat: new Map(), empty: new Map(), classes: new Map() }
  }

  /** The same text in one piece, for what reaches over an end. */
  flat({ piece, at }: Spot): Piece {
    const known = piece.flat.get(at)
    if (known) return known
    const made = this.piece(textFrom({ piece, at }), null)
    piece.flat.set(at, made)
    return made
  }

  /** Alternatives of the brace that opens right before `at`. */
  alternatives(spot: Spot): Alternatives | 'bad' {
    const { piece, at } = spot
    const known = piece.braces.get(at)
    if (known) return known
    const found = this.split(spot)
    piece.braces.set(at, found)
    return found
  }

  private split({ piece, at }: Spot): Alternatives | 'bad' {
    const texts = splitBrace(piece.text, at)
    if (!texts) return piece.next ? this.alternatives({ piece: this.flat({ piece, at }), at: 0 }) : 'bad'
    const next = settled({ piece, at: texts.end })
    // One that is there twice finds nothing that the first did not.
    return new Alternatives([...new Set(texts.parts)].map((text) => settled({ piece: this.piece(text, next), at: 0 })))
  }
}

/** Alternatives between `from` and the brace that closes; classes are not looked at, as in the engine. */
export function splitBrace(text: string, from: number): { parts: string[]; end: number } | null {
  const parts: string[] = []
  let start = from
  let depth = 1
  for (let at = from; at < text.length; at++) {
    const sign = text[at]
    if (sign === '\\') at += 1
    else if (sign === '{') depth += 1
    else if (sign === '}') {
      depth -= 1
      if (depth > 0) continue
      parts.push(text.slice(start, at))
      return { parts, end: at + 1 }
    } else if (sign === ',' && depth === 1) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return null
}

/** The same place, inside of the piece that has its next sign; at the very end, behind the last sign. */
export function settled({ piece, at }: Spot): Spot {
  let spot = { piece, at }
  while (spot.at >= spot.piece.text.length && spot.piece.next) spot = { ...spot.piece.next }
  return spot
}

export function textFrom({ piece, at }: Spot): string {
  let text = piece.text.slice(at)
  for (let { next } = piece; next; { next } = next.piece) text += next.piece.text.slice(next.at)
  return text
}

/** The place `count` signs further on. */
export function advanced(spot: Spot, count: number): Spot {
  let { piece, at } = settled(spot)
  for (let left = count; left > 0; ) {
    const here = Math.min(left, piece.text.length - at)
    left -= here
    ;({ piece, at } = settled({ piece, at: at + here }))
    if (here === 0) break
  }
  return { piece, at }
}

/** Position of a sign; one behind a "\" does not count, whatever stands before that. */
export function signAt(text: string, sign: string, from: number): number {
  let start = from
  for (;;) {
    const at = text.indexOf(sign, start)
    if (at <= start || text[at - 1] !== '\\') return at
    start = at + 1
  }
}

/** A run that is nested deeper than this is given up. */
export const maxNested = 400
export class TooCostly extends Error {}

/** Whether a part of a pattern fits a name that has nothing left; the engine takes less here than one would think. */
export function fitsNothing(text: string, nested = 0): boolean | 'bad' {
  if (nested > maxNested) throw new TooCostly()
  const braces: string[][] = []
  let tail = text
  while (tail !== '' && tail !== '*' && tail !== '**') {
    if (tail[0] !== '{') return false
    const brace = splitBrace(tail, 1)
    if (!brace) return 'bad'
    braces.push(brace.parts)
    tail = tail.slice(brace.end)
  }
  // What stands behind is looked at first.
  for (const parts of braces.reverse()) {
    let fits: boolean | 'bad' = false
    for (const part of parts) {
      fits = fitsNothing(part, nested + 1)
      if (fits) break
    }
    if (fits !== true) return fits
  }
  return true
}
