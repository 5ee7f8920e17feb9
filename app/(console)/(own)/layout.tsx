import { Shell } from '@/components/shell/shell'
import { requireActor } from '@/lib/auth/actor'

export default async function OwnLayout({ children }: LayoutProps<'/'>) {
  return <Shell actor={await requireActor()}>{children}</Shell>
}
