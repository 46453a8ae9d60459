import { Menu, MenuButton, MenuHeading, MenuItem, MenuItems, MenuSection } from '@headlessui/react'
import { useTester } from '../store/tester'
import { newMapping, presetsOf, withMapping, type MappingEntry } from '../store/work'

/** Adds a mapping: a preset, or an action with its default mapping. */
export function AddMapping() {
  const manifest = useTester((tester) => tester.manifest)
  const edit = useTester((tester) => tester.edit)
  const choose = useTester((tester) => tester.choose)
  const add = (entry: MappingEntry) => {
    edit('add', (work) => withMapping(work, entry))
    choose({ mapping: entry.id })
  }
  return (
    <Menu>
      <MenuButton className="end">Add mapping</MenuButton>
      <MenuItems modal={false} anchor={{ to: 'bottom end', gap: 4, padding: 8 }} className="choices menu">
        <MenuSection>
          <MenuHeading className="choices-note">Presets</MenuHeading>
          {presetsOf(manifest).map((preset) => (
            <MenuItem key={preset.id}>
              <button type="button" className="choice" onClick={() => add({ ...preset, id: crypto.randomUUID() })}>
                <span>{preset.name}</span>
                <small>{preset.subscribe}</small>
              </button>
            </MenuItem>
          ))}
        </MenuSection>
        <MenuSection>
          <MenuHeading className="choices-note">Actions</MenuHeading>
          {Object.entries(manifest.actions).map(([action, { title, description }]) => (
            <MenuItem key={action}>
              <button type="button" className="choice" onClick={() => add(newMapping(manifest, action))}>
                <span>{title}</span>
                <small>{description}</small>
              </button>
            </MenuItem>
          ))}
        </MenuSection>
      </MenuItems>
    </Menu>
  )
}
