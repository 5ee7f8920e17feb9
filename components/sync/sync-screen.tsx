'use client'

import { BasketList } from './basket/basket-list'
import { Collect } from './basket/collect'
import { useBasket } from './basket/use-basket'
import { Plan } from './plan/plan'
import { usePlan } from './plan/use-plan'
import { Targets } from './target/targets'

/** Manual sync of the Basic Edition on one page: collect tags, choose targets, see what would happen, send. */
export function SyncScreen({ connection }: { connection: string }) {
  const store = useBasket(connection)
  const plan = usePlan(connection, store.basket)
  return (
    <>
      <div className="grid items-start gap-x-6 gap-y-5 lg:grid-cols-2">
        <Collect connection={connection} store={store} />
        <div className="flex min-w-0 flex-col gap-5">
          <BasketList store={store} />
          <Targets connection={connection} store={store} plan={plan.data} isOld={plan.isOld} onRefresh={plan.refresh} />
        </div>
      </div>
      <Plan connection={connection} store={store} plan={plan} />
    </>
  )
}
