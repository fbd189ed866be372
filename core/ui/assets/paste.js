// Hands a file from the clipboard to the uploader beside this snippet, as if it had been dropped there.

function take(event, place) {
  const files = [...(event.clipboardData?.files ?? [])]
  const field = document.querySelector(`.st-key-${place} input[type="file"]`)
  if (!files.length || !field || field.disabled) return
  event.preventDefault()
  const carried = new DataTransfer()
  files.forEach((file, index) => carried.items.add(named(file, index)))
  field.files = carried.files
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

// A picture copied from a screen has no name of its own.
function named(file, index) {
  if (file.name && file.name !== 'image.png') return file
  const moment = new Date().toLocaleString('sv').replace(/\D/g, '')
  return new File([file], `粘贴-${moment}-${index + 1}.${file.type.split('/')[1] || 'png'}`, { type: file.type })
}

export default function ({ data }) {
  const listener = (event) => take(event, data.place)
  document.addEventListener('paste', listener)
  return () => document.removeEventListener('paste', listener)
}
