import { useEffect } from 'react'

/** A file may be dropped anywhere on the page. */
export function useDrop(onFile: (dropped: { file: File }) => void): void {
  useEffect(() => {
    const over = (drag: DragEvent) => drag.dataTransfer?.types.includes('Files') && drag.preventDefault()
    const drop = (drag: DragEvent) => {
      const file = drag.dataTransfer?.files[0]
      if (!file) return
      drag.preventDefault()
      onFile({ file })
    }
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
    }
  }, [onFile])
}
