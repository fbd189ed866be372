// Has the whole page run when the server says that it is not the one that drew it: it knows nothing of the tab.

export default function ({ parentElement, setTriggerValue }) {
  document.removeEventListener('anze-another-server', parentElement.back)
  parentElement.back = () => setTriggerValue('asked', Date.now())
  document.addEventListener('anze-another-server', parentElement.back)
  return () => document.removeEventListener('anze-another-server', parentElement.back)
}
