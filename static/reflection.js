// Keeps every tap of a reflection at once. Without it, or when it fails, the button of the page keeps all.
(() => {
  const form = document.querySelector("form[data-failed]");
  const [count, status] = form.querySelectorAll(".saved span");
  const waiting = new Map();
  let sending = null;

  const post = async (url, body) => {
    const signal = AbortSignal.timeout(10000);
    const headers = { Accept: "application/json" };
    const reply = await fetch(url, { method: "POST", body, headers, signal, keepalive: true });
    const { message } = await reply.json();
    const said = reply.status === 401 ? form.dataset.out : reply.status > 400 && message;
    if (!reply.ok) throw Object.assign(new Error(message), { said });
    return message;
  };

  const tell = (words, look) => {
    status.textContent = words;
    status.className = look;
  };

  // One request at a time, so that an older tap never arrives after a newer one.
  const flush = async () => {
    while (waiting.size) {
      const sent = new Map(waiting);
      try {
        tell(await send(sent), "");
      } catch (error) {
        tell(error.said || form.dataset.failed, "say");
        return;
      }
      for (const [name, value] of sent) if (waiting.get(name) === value) waiting.delete(name);
    }
  };
  const start = () => {
    sending ??= flush().finally(() => { sending = null; });
  };

  const sendAnswers = async (sent) => {
    const body = new URLSearchParams();
    for (const name of ["csrf_token", "revision"]) body.append(name, form.elements[name].value);
    for (const [item, value] of sent) body.append(value ? item : "clear", value || item);
    const message = await post(form.dataset.save, body);
    for (const [item, value] of sent) form.elements[`was-${item}`].value = value;
    return message;
  };
  const sendClosing = () => {
    const body = new URLSearchParams(new FormData(form));
    body.append("go", "later");
    return post(form.action, body);
  };
  const send = form.dataset.save ? sendAnswers : sendClosing;

  const shown = (item, value) => {
    const set = document.getElementById(item);
    for (const radio of set.querySelectorAll("[type=radio]")) radio.checked = radio.value === value;
    set.querySelector("[name=clear]").hidden = !value;
    const sets = [...form.querySelectorAll("fieldset")];
    const done = sets.filter((each) => each.querySelector(":checked")).length;
    count.textContent = form.dataset.count.replace("{n}", done).replace("{total}", sets.length);
  };
  const keep = (name, value) => {
    waiting.set(name, value);
    start();
  };

  form.addEventListener("change", ({ target }) => {
    if (form.dataset.save) {
      shown(target.name, target.value);
      return keep(target.name, target.value);
    }
    const chosen = form.querySelectorAll("[name=focus]:checked").length;
    if (chosen > form.dataset.most) {
      target.checked = false;
      count.textContent = form.dataset.full;
      return undefined;
    }
    count.textContent = "";
    return keep("closing", {});
  });
  form.addEventListener("click", (event) => {
    const item = event.target.closest("[name=clear]")?.value;
    if (!item) return;
    event.preventDefault();
    shown(item, "");
    document.getElementById(`${item}-1`).focus();
    keep(item, "");
  });
  form.addEventListener("submit", (event) => {
    if (!sending) return;
    event.preventDefault();
    sending.then(() => form.requestSubmit(event.submitter));
  });
  addEventListener("online", start);
})();
