// A page that lies open is covered once nobody is signed in any more, or somebody else is. What was typed on it stays,
// and is there again once the same person has signed in, in another tab. Asking keeps no sign-in open.
(function () {
  "use strict";
  var body = document.body;
  var notice = null;
  var had = null;
  function hide(hidden) {
    Array.from(body.children).forEach(function (one) {
      if (one !== notice && one.tagName !== "TEMPLATE") one.hidden = one.inert = hidden;
    });
  }
  function cover(byOther) {
    if (!notice) {
      had = document.activeElement;
      hide(true);
      notice = document.getElementById("covers").content.firstElementChild.cloneNode(true);
      body.append(notice);
      notice.querySelector("h1").focus();
    }
    notice.querySelector("#somebody-else").hidden = !byOther;
  }
  function uncover() {
    if (!notice) return;
    notice.remove();
    notice = null;
    hide(false);
    if (had) had.focus();
  }
  var asked = 0;
  function ask() {
    var mine = ++asked;
    var how = { headers: { "HX-Request": "true", Accept: "application/json" }, cache: "no-store" };
    fetch("/api/me", how).then(function (answer) {
      if (answer.status === 401 && mine === asked) cover(false);
      if (!answer.ok) return null;
      return answer.json().then(function (told) {
        if (mine !== asked) return; // a later one says what holds now
        if (told.id === body.dataset.me) uncover(); else cover(true);
      });
    }).catch(function () { /* away: nobody knows, so it stays as it is */ });
  }
  setInterval(ask, 60000);
  ["focus", "pageshow"].forEach(function (what) { window.addEventListener(what, ask); });
  document.addEventListener("visibilitychange", function () { if (!document.hidden) ask(); });
  ["htmx:responseError", "signed-out"].forEach(function (what) { document.addEventListener(what, ask); });

  // While what others record does not come by itself, the page says so. A stream that ends in its time is opened again
  // within seconds.
  var line = document.getElementById("not-live");
  var down = null;
  document.addEventListener("htmx:sseError", function () {
    ask();
    if (line && down === null) down = setTimeout(function () { line.hidden = false; }, 10000);
  });
  document.addEventListener("htmx:sseOpen", function () {
    clearTimeout(down);
    down = null;
    if (line) line.hidden = true;
  });
})();
