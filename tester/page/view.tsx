import { memo, useState } from 'react'

interface Props {
  name: string
  isShown: boolean
  children: React.ReactNode
}

/** One view of the page. It is drawn when it is first opened, and then keeps its place and what is open in it. */
export function View({ name, isShown, children }: Props) {
  const [wasShown, setWasShown] = useState(isShown)
  if (isShown && !wasShown) setWasShown(true)
  return (
    <section className="view" aria-label={name} hidden={!isShown}>
      {wasShown && <Drawn isShown={isShown}>{children}</Drawn>}
    </section>
  )
}

/** A hidden view is not drawn again for what happens in another one. */
const Drawn = memo(
  ({ children }: Omit<Props, 'name'>) => children,
  (_, { isShown }) => !isShown
)
Drawn.displayName = 'Drawn'
