import { useSettled } from '../../match/use-settled'

/** What is gone sooner was not seen: to change the colour of hundreds of elements twice takes longer than most answers. */
const unseenMs = 150

/** For numbers that are on their way out: a class that says so by colour, once that has lasted long enough to be seen. */
export function useDimmed(isOld: boolean): string | undefined {
  const isLasting = useSettled(isOld, String(isOld), unseenMs)
  return isOld && isLasting ? '[&_*]:text-ink-3!' : undefined
}
