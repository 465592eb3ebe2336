// A device that is handed over shows nothing of its coach: not in another tab, not by the back button.
const channel = "BroadcastChannel" in self ? new BroadcastChannel("lock") : null;
const away = () => {
  document.documentElement.replaceChildren();
  location.replace("/ontgrendelen");
};
if (channel) channel.onmessage = away;
addEventListener("pagehide", () => (document.documentElement.hidden = true));
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// The server locks first; then the other tabs go, and this one moves on without a way back.
document.querySelector("form[data-lock]")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const body = new URLSearchParams(new FormData(form));
  const reply = await fetch(form.action, { method: "POST", body }).catch(() => null);
  if (!reply?.redirected) return form.submit();
  channel?.postMessage("locked");
  location.replace(reply.url);
});
