/** Says something to people who listen to the page instead of looking at it. */
export function announce(text) {
  document.getElementById('announcements').textContent = text;
}
