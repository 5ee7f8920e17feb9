import { Fragment, type ReactNode } from 'react'

/** A long text of the machine, which may break after what separates its parts. */
export const breakable = (text: string): ReactNode =>
  text.split(/(?<=[,/.])(?=.)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no state and may be equal
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))

/** Pattern, digest or id: text of the machine, in its own face. */
export function Chip({ children }: { children: ReactNode }) {
  return <code className="chip">{typeof children === 'string' ? breakable(children) : children}</code>
}
