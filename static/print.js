// Buttons that print the page. Without this script they are hidden and the page names the keys.
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
