import { gatewayRefusal } from '../errors'
import type { World } from '../world'

/** Refuses a manual sync of a key that has as many under way as it may. */
export function requireTurn(world: World, access: string) {
  const { basic } = world
  const throttle = basic.throttles.get(access)
  if (!throttle) return
  const now = world.clock().getTime()
  basic.underWay = basic.underWay.filter(({ until }) => until > now)
  if (basic.underWay.filter((each) => each.access === access).length < throttle.syncCalls) return
  throw gatewayRefusal(429, 'APIGW.0308', 'The throttling threshold has been reached', {
    'Retry-After': String(throttle.retryAfterSeconds),
  })
}

/** Remembers a manual sync for as long as SWR works on it, whether or not somebody still waits for its answer. */
export function noteUnderWay({ basic, clock }: World, access: string, takes: number) {
  if (takes > 0) basic.underWay.push({ access, until: clock().getTime() + takes })
}
