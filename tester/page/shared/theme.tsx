import { useEffect } from 'react'
import { useStored } from './stored'

type Theme = 'system' | 'light' | 'dark'

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }
const SIGNS: Record<Theme, string> = { system: '◐', light: '☀', dark: '☾' }

export function ThemeButton() {
  const [theme, setTheme] = useStored<Theme>('theme', 'system')
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
  return (
    <button type="button" className="quiet" title={`Colors: ${theme}`} onClick={() => setTheme(NEXT[theme])}>
      <span aria-hidden="true">{SIGNS[theme]}</span> <span className="unseen">Colors: {theme}</span>
    </button>
  )
}
