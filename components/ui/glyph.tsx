'use client'

import clsx from 'clsx'
import {
  ArrowLeft,
  ArrowRight,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleMinus,
  CircleX,
  Ellipsis,
  TriangleAlert,
} from 'lucide-react'

const status = { strokeWidth: 1.75 }
const direction = { strokeWidth: 1.5 }

/** Pictures that every row of a list repeats: drawn once in a page, named where they are shown. */
const glyphs = {
  left: <ArrowLeft {...direction} />,
  right: <ArrowRight {...direction} />,
  ok: <CircleCheck {...status} />,
  warn: <TriangleAlert {...status} />,
  bad: <CircleX {...status} />,
  busy: <CircleDashed {...status} />,
  claimed: <CircleDot {...status} />,
  off: <CircleMinus {...status} />,
  more: <Ellipsis />,
} as const

export type GlyphName = keyof typeof glyphs

/** The drawings themselves; once in each page. */
export const GlyphSheet = () => (
  <svg aria-hidden className="hidden">
    {Object.entries(glyphs).map(([name, drawing]) => (
      <symbol key={name} id={`glyph-${name}`} viewBox="0 0 24 24">
        {drawing}
      </symbol>
    ))}
  </svg>
)

/** One of them, 16 px large, in the colour of the text. What it says stands beside it. */
export const Glyph = ({ name, className }: { name: GlyphName; className?: string }) => (
  <svg aria-hidden className={clsx('glyph', className)}>
    <use href={`#glyph-${name}`} />
  </svg>
)
