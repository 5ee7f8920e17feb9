import { useFormatter } from 'next-intl'

const units = [
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
] as const

/** Bytes in the unit that reads best; registries count in thousands. */
export function useBytes() {
  const format = useFormatter()
  return (bytes: number) => {
    const [unit, size] = units.find(([, each]) => bytes >= each) ?? units[2]
    return format.number(bytes / size, { style: 'unit', unit, maximumFractionDigits: 1 })
  }
}
