// What is typed into a form is kept for whoever types it: after a pause, now and then meanwhile, and as they leave.
(function () {
  "use strict";
  var PAUSE = 1500, LONGEST = 15000;
  function keeps(form) {
    var status = form.querySelector("[data-kept]");
    var timer = null, began = 0, fresh = false, sending = false, sent = false;
    function say(words) {
      if (status.textContent !== words) status.textContent = words;
    }
    function typed() {
      var said = new URLSearchParams();
      new FormData(form).forEach(function (value, name) {
        if (typeof value === "string") said.append(name, value);
      });
      said.set("do", "type");
      return said;
    }
    function keep(leaving) {
      if (sent || !fresh || (sending && !leaving)) return;
      window.clearTimeout(timer);
      fresh = false;
      began = 0;
      sending = true;
      window.fetch(form.getAttribute("action"), {method: "POST", body: typed(), keepalive: leaving, redirect: "error"})
        .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer); })
        .then(function (words) {
          sending = false;
          say(words);
          if (fresh) within(PAUSE);
        }, function (why) {
          sending = false;
          if (why.status === 401) document.dispatchEvent(new Event("signed-out"));
          say(why.status === 401 ? status.dataset.signedOut : status.dataset.notKept);
          if (fresh || !why.status) within(LONGEST);
        });
    }
    function within(time) {
      fresh = true;
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, time, false);
    }
    function changed() {
      sent = false; // the page is still there: the press was stopped, or came to nothing
      began = began || Date.now();
      within(Math.max(0, Math.min(PAUSE, began + LONGEST - Date.now())));
    }
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("submit", function () { sent = true; });
    window.addEventListener("pageshow", function () { sent = false; });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden") keep(true);
    });
  }
  document.querySelectorAll("form[data-keeps]").forEach(keeps);
})();
