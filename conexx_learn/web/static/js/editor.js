import { preview } from './editor_preview.js'
import { store } from './editor_store.js'
import { tools } from './editor_tools.js'

// The editor of a course file: saved, shown and helped as one writes. Without this script the form
// saves and shows by its buttons.
const begin = form => {
  const facts = JSON.parse(document.getElementById('editor-facts').textContent)
  preview(form, facts)
  const { save } = store(form, facts)
  tools(form, facts, save)
}

const editorForm = document.querySelector('form[data-editor]')
if (editorForm) begin(editorForm)
