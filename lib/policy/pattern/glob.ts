import { matchesClass, parseCharacterClass } from './glob-class'
import {
  advanced,
  fitsNothing,
  maxNested,
  type Piece,
  Pieces,
  type Rests,
  type Spot,
  settled,
  signAt,
  TooCostly,
  textFrom,
} from './glob-text'

/**
 * `bad`: the engine refuses the pattern when it meets this name, and a run would fail. `costly`: nobody can tell with
 * reasonable effort; no pattern that a person writes comes near.
 */
export type Verdict = boolean | 'bad' | 'costly'

const maxSteps = 20_000
/** From here on, what was found is remembered, so that nothing is worked out twice. */
const fewSteps = 200

/**
 * A pattern with the meaning that it has for the engine of Harbor (doublestar v1.3.4), its oddities included, in time that
 * grows with the pattern and the name, not with their combinations. An empty pattern matches everything.
 */
export class Glob {
  private readonly pieces = new Pieces()
  private readonly start: Spot
  private steps = 0
  private spent = 0
  private nested = 0
  private parts: readonly string[] = []
  private done = new Map<number, boolean | 'bad'>()
  private doneParts = new Map<number, Rests>()

  /** `effort`: steps for all names together, after which everything is too costly. */
  constructor(
    readonly pattern: string,
    private readonly effort = Number.POSITIVE_INFINITY,
  ) {
    this.start = { piece: this.pieces.piece(pattern, null), at: 0 }
  }

  match(name: string): Verdict {
    if (this.pattern === '') return true
    this.spent += this.steps
    if (this.spent > this.effort) return 'costly'
    this.steps = 0
    this.nested = 0
    this.parts = name.includes('/') ? name.split('/') : [name]
    if (this.done.size > 0) this.done = new Map()
    if (this.doneParts.size > 0) this.doneParts = new Map()
    try {
      return this.from(this.start, 0)
    } catch (error) {
      if (error instanceof TooCostly) return 'costly'
      throw error
    }
  }

  /** Steps that all names so far have taken. */
  get cost(): number {
    return this.spent + this.steps
  }

  private step(count = 1) {
    this.steps += count
    if (this.steps > maxSteps) throw new TooCostly()
  }

  /** Whether the parts of the name from `part` on fit the pattern from `spot` on. */
  private from(spot: Spot, part: number): boolean | 'bad' {
    const key = (spot.piece.base + spot.at) * (this.parts.length + 1) + part
    const known = this.done.size > 0 ? this.done.get(key) : undefined
    if (known !== undefined) return known
    this.step()
    this.nested += 1
    if (this.nested > maxNested) throw new TooCostly()
    const verdict = this.decide(spot, part)
    this.nested -= 1
    if (this.steps > fewSteps) this.done.set(key, verdict)
    return verdict
  }

  private decide(spot: Spot, part: number): boolean | 'bad' {
    const count = this.parts.length
    const behind = behindStars(spot)
    if (behind === 'end') return true
    if (behind) {
      // What is wrong with the pattern behind `**` is not noticed by the engine.
      for (let at = part; at < count; at++) if (this.from(behind, at) === true) return true
      return false
    }
    const rests = this.component(spot.piece, spot.at, this.parts[part] ?? '', 0, part)
    if (rests === null || rests === 'bad') return rests ?? false
    if (part === count - 1) return rests.length === 0
    for (const rest of rests) {
      const verdict = this.from(rest, part + 1)
      if (verdict) return verdict
    }
    return false
  }

  /** Like `component`, for places that many ways lead to. */
  private again(piece: Piece, index: number, name: string, from: number, part: number): Rests {
    const key = ((piece.base + index) * (name.length + 1) + from) * this.parts.length + part
    const known = this.doneParts.size > 0 ? this.doneParts.get(key) : undefined
    if (known !== undefined) return known
    this.step()
    this.nested += 1
    if (this.nested > maxNested) throw new TooCostly()
    const rests = this.component(piece, index, name, from, part)
    this.nested -= 1
    if (this.steps > fewSteps) this.doneParts.set(key, rests)
    return rests
  }

  /** Reads one part of the name, from sign `from` on. */
  private component(startPiece: Piece, startAt: number, name: string, startFrom: number, part: number): Rests {
    let [piece, at, from] = [startPiece, startAt, startFrom]
    while (from < name.length) {
      if (at >= piece.text.length) {
        if (!piece.next) return null
        ;({ piece, at } = piece.next)
        continue
      }
      this.step()
      const sign = piece.text.codePointAt(at) ?? 0
      const wanted = name.codePointAt(from) ?? 0
      if (sign === slash) return null
      if (sign === star) return this.star({ piece, at: at + 1 }, name, from, part)
      if (sign === brace) return this.brace({ piece, at: at + 1 }, name, from, part)
      if (sign === bracket) {
        const end = signAt(piece.text, ']', at + 1)
        if (end < 0) {
          if (!piece.next) return 'bad'
          ;[piece, at] = [this.pieces.flat({ piece, at }), 0]
          continue
        }
        const known = piece.classes.get(at) ?? parseCharacterClass(piece.text.slice(at + 1, end))
        piece.classes.set(at, known)
        if (known === 'bad') return 'bad'
        if (!matchesClass(known, wanted)) return null
        at = end + 1
      } else if (sign === backslash) {
        if (at + 1 >= piece.text.length) {
          if (!piece.next) return 'bad'
          ;[piece, at] = [this.pieces.flat({ piece, at }), 0]
          continue
        }
        const meant = piece.text.codePointAt(at + 1) ?? 0
        if (meant !== wanted) return null
        at += 1 + width(meant)
      } else {
        if (sign !== question && sign !== wanted) return null
        at += width(sign)
      }
      from += width(wanted)
    }
    return this.ended({ piece, at })
  }

  /** The part of the name is used up; what is left of the pattern's has to fit nothing. */
  private ended(spot: Spot): Rests {
    const { piece, at } = settled(spot)
    if (at >= piece.text.length) return []
    const known = piece.empty.get(at)
    if (known !== undefined) return known
    const text = textFrom({ piece, at })
    this.step(text.length)
    const end = signAt(text, '/', 0)
    const fits = fitsNothing(end < 0 ? text : text.slice(0, end))
    const rests = fits !== true ? fits || null : end < 0 ? [] : [advanced({ piece, at }, end + 1)]
    piece.empty.set(at, rests)
    return rests
  }

  /** The first place where the rest of the part fits decides, and a star before other signs leaves at least one of the name. */
  private star(spot: Spot, name: string, from: number, part: number): Rests {
    const { piece, at } = settled(spot)
    if (at >= piece.text.length) return []
    if (piece.text[at] === '/') return [settled({ piece, at: at + 1 })]
    const sign = piece.text[at] ?? ''
    // Most stars stand before a sign that means itself: only where the name has it something can fit.
    const isPlain = /[\w.-]/.test(sign)
    let start = isPlain ? name.indexOf(sign, from) : from
    while (start >= 0 && start < name.length) {
      const rests = this.again(piece, at, name, start, part)
      if (rests !== null) return rests
      start += width(name.codePointAt(start) ?? 0)
      if (isPlain) start = name.indexOf(sign, start)
    }
    return null
  }

  private brace(spot: Spot, name: string, from: number, part: number): Rests {
    const alternatives = this.pieces.alternatives(spot)
    if (alternatives === 'bad') return 'bad'
    let only: Rests = null
    let found: Map<number, Spot> | null = null
    for (const { piece, at, plain } of alternatives.fitting(name, from)) {
      const rests = this.again(piece, at + plain.length, name, from + plain.length, part)
      if (rests === 'bad') return 'bad'
      if (rests === null) continue
      if (only === null) only = rests
      else if (rests.length > 0) {
        found ??= new Map(only.map((rest) => [keyOf(rest), rest]))
        for (const rest of rests) if (!found.has(keyOf(rest))) found.set(keyOf(rest), rest)
      }
    }
    return found ? [...found.values()] : only
  }
}

const [slash, star, brace, bracket, backslash, question] = [0x2f, 0x2a, 0x7b, 0x5b, 0x5c, 0x3f]
const keyOf = ({ piece, at }: Spot) => piece.base + at
const width = (sign: number) => (sign > 0xffff ? 2 : 1)

/** The place behind a `**` that is a whole part of the path; `end` when nothing follows. */
function behindStars(spot: Spot): Spot | 'end' | null {
  let here = settled(spot)
  for (let stars = 0; stars < 2; stars++) {
    if (here.piece.text[here.at] !== '*') return null
    here = settled({ piece: here.piece, at: here.at + 1 })
  }
  const sign = here.piece.text[here.at]
  if (sign === undefined) return 'end'
  return sign === '/' ? settled({ piece: here.piece, at: here.at + 1 }) : null
}
