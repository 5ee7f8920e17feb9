import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ActorProvider, type ShownActor } from '../context/actor'
import { type NavPlace, PlaceProvider } from '../context/location'
import { PageContent } from './page-content'
import { SideNav } from './side-nav'

/** Frame of every screen: way past the navigation, navigation, content. */
export function Shell({
  actor,
  place = {},
  children,
}: {
  /** Null on the one page that is there for everybody: that of unknown addresses. */
  actor: ShownActor | null
  place?: NavPlace
  children: ReactNode
}) {
  const t = useTranslations('common')
  // No more of the account than is shown goes to the browser.
  const shown = actor && { id: actor.id, name: actor.name, email: actor.email, role: actor.role }
  return (
    <ActorProvider actor={shown}>
      <div className="min-h-dvh md:grid md:grid-cols-[14.5rem_minmax(0,1fr)] print:block!">
        <a
          href="#content"
          className="sr-only z-10 rounded-md bg-surface px-3 py-1.5 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          {t('skip')}
        </a>
        <SideNav place={place} />
        <main id="content" tabIndex={-1} className="min-w-0 max-w-[106rem] px-4 pb-10 outline-none md:px-6">
          <PlaceProvider place={place}>
            <PageContent>{children}</PageContent>
          </PlaceProvider>
        </main>
      </div>
    </ActorProvider>
  )
}
