import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import { App } from './app'
import './styles/base.css'
import './styles/layout.css'
import './styles/form.css'
import './styles/mapping.css'
import './styles/fields.css'
import './styles/popups.css'
import './styles/code.css'
import './styles/results.css'
import './styles/marketo.css'
import './styles/tables.css'
import './styles/events.css'
import './styles/runs.css'
import './styles/rehearsal.css'
import './styles/narrow.css'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>
  )
}
