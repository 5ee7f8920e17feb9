/** For numbers that are on their way out: by colour, and only what takes longer than an eye needs to see it. */
export const dimmed = '[&_*]:text-ink-3! [&_*]:transition-colors [&_*]:delay-150 [&_*]:duration-0'
