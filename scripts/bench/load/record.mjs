const percentile = (sorted, part) => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0
const milliseconds = (value) => `${Math.round(value)} ms`

/** Keeps what became of every request, by the kind of what was asked. */
export function makeRecord() {
  const kinds = new Map()
  function kindOf(name) {
    const kind = kinds.get(name) ?? { tookMs: [], conflicts: 0, errors: new Map() }
    kinds.set(name, kind)
    return kind
  }
  const sum = (count) => [...kinds.values()].reduce((total, kind) => total + count(kind), 0)
  const errorsOf = ({ errors }) => [...errors.values()].reduce((total, { count }) => total + count, 0)
  return {
    took: (name, ms) => void kindOf(name).tookMs.push(ms),
    conflict(name) {
      kindOf(name).conflicts += 1
    },
    /** `what` groups errors; only the first example of each is kept. */
    error(name, what, example) {
      const { errors } = kindOf(name)
      const known = errors.get(what) ?? { count: 0, example }
      known.count += 1
      errors.set(what, known)
    },
    requests: () => sum(({ tookMs }) => tookMs.length),
    errors: () => sum(errorsOf),
    examples: () =>
      [...kinds].flatMap(([name, { errors }]) =>
        [...errors].map(([what, { count, example }]) => `${name}: ${count} times ${what}, first: ${example}`),
      ),
    table: () =>
      [...kinds].map(([name, kind]) => {
        const sorted = kind.tookMs.toSorted((a, b) => a - b)
        return {
          request: name,
          count: sorted.length,
          errors: errorsOf(kind),
          conflicts: kind.conflicts,
          ...Object.fromEntries([50, 95, 99].map((part) => [`p${part}`, milliseconds(percentile(sorted, part / 100))])),
          longest: milliseconds(sorted.at(-1) ?? 0),
        }
      }),
  }
}
