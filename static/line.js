// Says how much room is left in a private line while someone types. Without it the server says what is too long.
for (const area of document.querySelectorAll("textarea[data-most]")) {
  const said = document.getElementById(`${area.id}-count`);
  const count = () => {
    const left = area.dataset.most - [...area.value.trim()].length;
    said.textContent = (left < 0 ? said.dataset.over : said.dataset.left).replace("{n}", Math.abs(left));
  };
  area.addEventListener("input", count);
  count();
}
