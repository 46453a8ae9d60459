import { json, jsonParseLinter } from '@codemirror/lang-json'
import { bracketMatching, foldGutter, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { linter, lintGutter } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { EditorView, minimalSetup } from 'codemirror'
import { useEffect, useRef } from 'react'

/** Colors come from the page's own variables, so that they follow dark and light. */
const colors = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.propertyName, color: 'var(--code-key)' },
    { tag: tags.string, color: 'var(--code-string)' },
    { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
    { tag: tags.invalid, color: 'var(--bad)' }
  ])
)

interface Props {
  label: string
  text: string
  /** If absent, the text is read-only. */
  onChange?: (text: string) => void
}

export function JsonEditor({ label, text, onChange }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const changed = useRef(onChange)
  useEffect(() => {
    changed.current = onChange
  })
  const editable = onChange !== undefined

  useEffect(() => {
    const editor = new EditorView({
      parent: place.current ?? undefined,
      extensions: [
        minimalSetup,
        lineNumbers(),
        foldGutter(),
        bracketMatching(),
        json(),
        colors,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        ...(editable ? [linter(jsonParseLinter(), { delay: 200 }), lintGutter()] : [EditorState.readOnly.of(true)]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((one) => one.isUserEvent('set'))) {
            changed.current?.(update.state.doc.toString())
          }
        })
      ]
    })
    view.current = editor
    return () => editor.destroy()
  }, [label, editable])

  useEffect(() => {
    const editor = view.current
    const current = editor?.state.doc.toString()
    if (editor && current !== text) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text }, userEvent: 'set' })
    }
  }, [text, label, editable])

  return <div className="editor" ref={place} />
}
